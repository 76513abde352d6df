package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainRows;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditInterval;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.audit.query.AuditStatistics;
import io.mcpdata.audit.query.AuditVerification;
import io.mcpdata.audit.query.ReadPermits;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.testing.EarlierPostgres;
import io.mcpdata.testing.OnOneServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oldest PostgreSQL that can be the platform store; the other tests use the newest. */
@OnOneServer
final class EarlierPostgresStoreIT {

    private static final AuditFilter ALL =
            new AuditFilter(Optional.empty(), Optional.empty(), Map.of(), Optional.of("{}"));

    @Test
    void rowsAreWrittenReadCountedAndVerified(@TempDir Path directory) throws Exception {
        try (EmbeddedPostgres server = EarlierPostgres.start();
                TemporaryStore store = TemporaryStore.at(server.getJdbcUrl("postgres", "postgres"), "one")) {
            AuditChain chain =
                    new AuditChain(store, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}\n"));
            ReadPermits permits = new ReadPermits();
            AuditReader reader = new AuditReader(store, permits);
            chain.sign();
            long last = chain.append(ChainRows.of("a", "b", "c"));
            assertThat(chain.sign().broken()).isEmpty();

            assertThat(reader.newest()).isEqualTo(last);
            assertThat(reader.page(ALL, last, Optional.empty(), 10, Duration.ofSeconds(5))
                            .rows())
                    .hasSize(3);
            assertThat(new AuditStatistics(store, permits).of(AuditFilter.NONE, AuditInterval.DAY, Optional.empty()))
                    .singleElement()
                    .satisfies(figures -> assertThat(figures.calls()).isEqualTo(3));
            assertThat(new AuditVerification(store, permits, chain)
                            .verify(Optional.empty(), Optional.empty())
                            .isVerified())
                    .isTrue();
        }
    }
}
