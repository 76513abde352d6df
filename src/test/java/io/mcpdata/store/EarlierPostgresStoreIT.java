package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The unit tests of the store once more, on the oldest PostgreSQL that can be the platform store: in the container tests,
 * {@link PostgresServer} is of that version.
 */
@OnOneServer
@OnWildFly
final class EarlierPostgresStoreIT {

    @AfterAll
    static void end() throws IOException {
        PostgresServer.close();
    }

    @Test
    void serverIsTheOldest() {
        try (TemporaryStore store = TemporaryStore.on(PostgresServer.newDatabase(), "one")) {
            assertThat(store.<String>durably(handle -> handle.createQuery("SHOW server_version")
                            .mapTo(String.class)
                            .one()))
                    .startsWith("16.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.mcpdata.store.PostgresDatabaseTest",
                "io.mcpdata.audit.AuditRowsTest",
                "io.mcpdata.audit.AuditRetentionTest",
                "io.mcpdata.audit.chain.SharedChainTest",
                "io.mcpdata.audit.query.AuditReaderTest",
                "io.mcpdata.audit.query.AuditStatisticsTest",
                "io.mcpdata.authentication.apikey.CopiedKeysTest",
                "io.mcpdata.authentication.apikey.KeyAdministrationTest",
                "io.mcpdata.events.SharedEventsTest",
                "io.mcpdata.servers.SharedStateTest",
                "io.mcpdata.stdio.StoreCopyCommandTest"
            })
    void testsPass(String name) {
        SummaryGeneratingListener results = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(name))
                                .build(),
                        results);

        StringWriter failures = new StringWriter();
        results.getSummary().printFailuresTo(new PrintWriter(failures));
        assertThat(results.getSummary().getTotalFailureCount())
                .as(failures.toString())
                .isZero();
        assertThat(results.getSummary().getTestsSucceededCount()).isPositive();
    }
}
