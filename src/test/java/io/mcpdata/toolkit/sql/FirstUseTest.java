package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FirstUseTest {

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final List<Runnable> starting = new ArrayList<>();

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private SqlToolkit toolkit(ConnectionConfig... connections) {
        SqlToolkit toolkit = new SqlToolkit(InMemoryConfiguration.of(connections), () -> scheduler, Thread::new);
        toolkit.begin(task -> {
            starting.add(task);
            return new Thread(() -> {});
        });
        return toolkit;
    }

    private static ConnectionConfig connection(String name, String url) {
        ConnectionSource source = new ConnectionSource.Url(new Secret(url), Optional.empty(), Optional.empty());
        return new ConnectionConfig(name, "", source, 1000, Duration.ofSeconds(20), Set.of(), true, Optional.empty());
    }

    @Test
    void toolkitIsPreparedOnceItsFirstConnectionHasBeenUsed() {
        SqlToolkit toolkit =
                toolkit(connection("first", "jdbc:h2:mem:firstuse"), connection("second", "jdbc:h2:mem:second"));
        assertThat(toolkit.isPrepared()).isFalse();

        starting.forEach(Runnable::run);

        assertThat(toolkit.isPrepared()).isTrue();
        assertThat(toolkit.tools()).isNotEmpty();
        toolkit.close();
    }

    @Test
    void databaseThatIsNotThereKeepsTheToolkitFromNothing() {
        SqlToolkit toolkit = toolkit(connection("gone", "jdbc:h2:tcp://127.0.0.1:1/gone"));

        starting.forEach(Runnable::run);

        assertThat(toolkit.isPrepared()).isTrue();
        toolkit.close();
    }

    @Test
    void withoutConnectionsTheToolkitIsPrepared() {
        SqlToolkit toolkit = toolkit();

        starting.forEach(Runnable::run);

        assertThat(toolkit.isPrepared()).isTrue();
        toolkit.close();
    }
}
