package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.store.TemporaryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCheckpointsTest {

    @TempDir
    Path directory;

    private final List<AuditEvent> told = new ArrayList<>();
    private TemporaryStore store;
    private InMemoryActiveConfiguration configuration;
    private AuditRows rows;
    private AuditCheckpoints checkpoints;
    private long nanos;

    @BeforeEach
    void open() {
        store = new TemporaryStore(directory);
        configuration = InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}");
        AuditChain chain = new AuditChain(store, configuration);
        rows = new AuditRows(new DurableRows(store, chain));
        checkpoints = new AuditCheckpoints(configuration, chain, told::add, new PeriodicTasks(), () -> nanos);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long covered() {
        return store.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT COALESCE(MAX(row_id), -1) FROM audit_checkpoint WHERE number > 0")
                        .mapTo(Long.class)
                        .one());
    }

    private void afterAMinute() {
        nanos += Duration.ofMinutes(1).toNanos();
    }

    @Test
    void newestRowIsSignedAtOnceAndThenOnceAMinute() {
        rows.insert(List.of(Events.call("a")));
        checkpoints.signIfDue();
        assertThat(covered()).isEqualTo(1);
        rows.insert(List.of(Events.call("b")));
        checkpoints.signIfDue();
        assertThat(covered()).isEqualTo(1);
        afterAMinute();
        checkpoints.signIfDue();
        assertThat(covered()).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    void endSignsWhatIsNew() {
        checkpoints.signIfDue();
        rows.insert(List.of(Events.call("a"), Events.call("b")));
        checkpoints.end("application");
        assertThat(covered()).isEqualTo(2);
    }

    @Test
    void changeHasOneRow() {
        checkpoints.signIfDue();
        rows.insert(List.of(Events.call("a"), Events.call("b")));
        store.jdbi().useHandle(handle -> handle.execute("UPDATE audit_event SET tool = 'x' WHERE id = 1"));
        afterAMinute();
        checkpoints.signIfDue();
        afterAMinute();
        checkpoints.signIfDue();
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(Type.AUDIT_CHAIN);
            assertThat(event.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(event.category()).isEqualTo("chain_broken");
            assertThat(event.parameters()).isEqualTo("{\"row\":1,\"found\":\"ROW_CHANGED\"}");
        });
    }

    @Test
    void keyThatCannotBeReadEndsNothingAndSigningContinuesWithTheKey() throws Exception {
        Path key = directory.resolve("audit-signing.key");
        Files.writeString(key, "no key");
        rows.insert(List.of(Events.call("a")));
        checkpoints.signIfDue();
        assertThat(covered()).isEqualTo(-1);
        Files.delete(key);
        checkpoints.signIfDue();
        assertThat(covered()).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void withoutAConfigurationNothingIsSigned() {
        new AuditCheckpoints(
                        InMemoryActiveConfiguration.none(),
                        new AuditChain(store, configuration),
                        told::add,
                        new PeriodicTasks(),
                        () -> nanos)
                .signIfDue();
        assertThat(covered()).isEqualTo(-1);
    }
}
