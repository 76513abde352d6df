package io.mcpdata.container.sql;

import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Setup;
import io.mcpdata.testing.TrinoServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Trino, and a platform with its driver, which the tests of the profile share: a start takes a minute. */
final class TrinoPlatform {

    private static final String CONNECTIONS = """
            connections:
              trino: {url: "%1$s", username: canaryadmin, timeout: 3s, allow_privileged_account: true}
              retail: {url: "%2$s", username: reader, max_rows: 5000, timeout: 20s}
              tiny:
                url: "%3$s"
                username: platform
                timeout: 20s
                identity: {variables: {session_user: name, client_tags: persona}}
              hasty: {url: "%3$s", username: reader, timeout: 2s}
              limited: {url: "%3$s", username: reader, timeout: 20s, plan_limits: {rows: 20000}}
              everything: {url: "%4$s", username: reader, timeout: 20s, schemas: {deny: ["*?hidden"]}}
            """;

    private static final String QUERIES = """

            queries:
              orders_of:
                description: The number of orders with a status
                connection: tiny
                sql: SELECT count(*) AS orders FROM orders WHERE orderstatus = :status
                parameters:
                  status: {max_length: 1}
            """;

    private static @Nullable TrinoServer trino;
    private static @Nullable Platform platform;

    private TrinoPlatform() {}

    static synchronized TrinoServer trino() {
        TrinoServer running = trino;
        if (running == null) {
            running = TrinoServer.start(Setup.fromMaven().work().resolve("trino"));
            trino = running;
            System.out.printf("Trino answers after %d ms%n", running.startedIn().toMillis());
        }
        return running;
    }

    static synchronized Platform platform() throws ReflectiveOperationException {
        Platform running = platform;
        if (running == null) {
            TrinoServer server = trino();
            String yaml = Platform.standardYaml()
                            .replace(
                                    "connections:\n  warehouse",
                                    CONNECTIONS.formatted(
                                                    server.url("/hive/shop"),
                                                    server.url("/hive/retail"),
                                                    server.url("/tpch/tiny"),
                                                    server.url(""))
                                            + "  warehouse")
                            .replace("connections: {allow: [warehouse, unreachable]}", "connections: {allow: [\"*\"]}")
                    + QUERIES;
            Path driver = Libraries.of(Class.forName("io.trino.jdbc.TrinoDriver"));
            running = Platform.start(Platform.Options.standard()
                    .withYaml(yaml)
                    .withEnvironment(Map.of("UNUSED", Keys.random()))
                    .withLibraries(List.of(driver)));
            platform = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "trino-platform-end"));
        }
        return running;
    }
}
