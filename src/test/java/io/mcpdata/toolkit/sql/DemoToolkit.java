package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.Toolkit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The SQL tools over the demo warehouse, called {@code warehouse}, and one called {@code payroll}, without a server. */
public final class DemoToolkit implements Toolkit, AutoCloseable {

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final SqlToolkit toolkit =
            new SqlToolkit(InMemoryConfiguration.of(demo("warehouse"), demo("payroll")), () -> scheduler, Thread::new);

    private static ConnectionConfig demo(String name) {
        return new ConnectionConfig(
                name, "", new ConnectionSource.Demo("retail"), 1000, Duration.ofSeconds(30), Set.of());
    }

    @Override
    public List<ToolHandler> tools() {
        return toolkit.tools();
    }

    @Override
    public void close() {
        toolkit.close();
        scheduler.shutdownNow();
    }
}
