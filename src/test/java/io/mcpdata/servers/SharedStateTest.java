package io.mcpdata.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.config.SigningKeyPem;
import io.mcpdata.metrics.Metrics;
import io.mcpdata.servers.SharedTasks.Wish;
import io.mcpdata.store.PostgresServer;
import io.mcpdata.store.TemporaryStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state that two servers share in a PostgreSQL database. */
final class SharedStateTest {

    private static final String KEY = key();
    private static final String TABLES =
            "SELECT string_agg(encode(state, 'escape'), '') || (SELECT COALESCE(string_agg(encode(content, 'escape'), ''), '')"
                    + " FROM export_part) FROM task";

    private final PostgresServer.Database database = PostgresServer.newDatabase();
    private final Server left = new Server("left");
    private final Server right = new Server("right");

    private final class Server implements AutoCloseable {

        private final String name;
        private final TemporaryStore store;
        private final InMemoryActiveConfiguration configuration;
        private final Metrics metrics = new Metrics();
        private final SharedServers servers;
        private final SharedTasks tasks;
        private final SharedExports exports;
        private final CallerRates rates;

        Server(String name) {
            this.name = name;
            store = TemporaryStore.on(database, name);
            configuration = InMemoryActiveConfiguration.of(yaml("platform"));
            servers = new SharedServers(configuration, store, new PeriodicTasks(), metrics);
            tasks = new SharedTasks(servers);
            exports = new SharedExports(servers);
            rates = new CallerRates(store, servers);
            servers.beat();
        }

        private String yaml(String serverName) {
            return "server: {name: " + serverName + ", data_dir: /var/lib/" + name + "}\n"
                    + "audit: {signing_key: \"" + KEY.replace("\n", "\\n") + "\"}\n"
                    + "database: {url: 'jdbc:postgresql://h/d', instance: " + name + "}\n";
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private static String key() {
        try {
            return SigningKeyPem.encode(KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private String gauge(Server server, String name) {
        return new String(server.metrics.exposition("").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void serversTellWhetherTheirConfigurationsAreTheSame() {
        left.servers.beat();
        assertThat(left.servers.differing()).isEmpty();
        assertThat(gauge(left, "mcp_other_servers")).isEqualTo("mcp_other_servers 1.0");

        right.configuration.change(right.yaml("another"));
        right.servers.beat();
        left.servers.beat();
        assertThat(left.servers.differing()).containsExactly("right");
        assertThat(right.servers.differing()).containsExactly("left");
        assertThat(gauge(left, "mcp_other_servers_with_another_configuration"))
                .isEqualTo("mcp_other_servers_with_another_configuration 1.0");

        right.configuration.change(right.yaml("platform"));
        right.servers.beat();
        left.servers.beat();
        assertThat(left.servers.differing()).isEmpty();
    }

    @Test
    void serverThatHasEndedIsNoLongerCounted() {
        right.configuration.change(right.yaml("another"));
        right.servers.beat();
        right.servers.end("the application");
        left.servers.beat();

        assertThat(left.servers.differing()).isEmpty();
        assertThat(gauge(left, "mcp_other_servers")).isEqualTo("mcp_other_servers 0.0");
    }

    @Test
    void taskIsSeenAndSteeredFromTheOtherServer() {
        left.tasks.begin("t1", "ann", Instant.now(), "{\"status\":\"working\"}");

        assertThat(right.tasks.find("bob", "t1")).isEmpty();
        assertThat(right.tasks.find("ann", "t2")).isEmpty();
        assertThat(right.tasks.find("ann", "t1"))
                .contains(new SharedTasks.Found("{\"status\":\"working\"}", false, false));
        assertThat(left.tasks.takeWishes()).isEmpty();

        right.tasks.answer("t1", Map.of("confirm", "{\"yes\":1}"));
        right.tasks.answer("t1", Map.of("confirm", "{\"yes\":2}"));
        assertThat(left.tasks.takeWishes()).containsExactly(new Wish("t1", false, Map.of("confirm", "{\"yes\":1}")));
        assertThat(left.tasks.takeWishes()).isEmpty();
        right.tasks.cancel("t1");
        assertThat(left.tasks.takeWishes()).containsExactly(new Wish("t1", true, Map.of()));

        left.tasks.write("t1", "ann", "{\"status\":\"cancelled\"}", true);
        assertThat(right.tasks.find("ann", "t1"))
                .contains(new SharedTasks.Found("{\"status\":\"cancelled\"}", true, false));
        right.tasks.cancel("t1");
        right.tasks.answer("t1", Map.of("confirm", "{}"));
        assertThat(left.tasks.takeWishes()).isEmpty();
    }

    @Test
    void taskOfAServerThatHasEndedIsLost() {
        left.tasks.begin("t1", "ann", Instant.now(), "{}");
        left.tasks.begin("t2", "ann", Instant.now(), "{}");
        left.tasks.write("t2", "ann", "{\"status\":\"completed\"}", true);
        left.servers.end("the application");

        assertThat(right.tasks.find("ann", "t1").orElseThrow().isLost()).isTrue();
        assertThat(right.tasks.find("ann", "t2").orElseThrow().isLost()).isFalse();
    }

    @Test
    void exportIsReadFromTheOtherServerAndCountedOverBoth() {
        Instant end = Instant.now().plusSeconds(60);
        assertThat(left.exports.begin("e1", "ann", "sales", 2)).isEmpty();
        left.exports.write("e1", 1, "first".getBytes(StandardCharsets.UTF_8));
        left.exports.write("e1", 2, "second".getBytes(StandardCharsets.UTF_8));
        assertThat(right.exports.find("e1")).isEmpty();
        left.exports.finish("e1", end, "{\"name\":\"x\"}");

        assertThat(right.exports.find("e1")).contains(new SharedExports.Found("sales", "{\"name\":\"x\"}"));
        assertThat(right.exports.read("e1", 2)).contains("second".getBytes(StandardCharsets.UTF_8));
        assertThat(right.exports.read("e1", 3)).isEmpty();
        assertThat(right.exports.begin("e2", "ann", "sales", 2)).isEmpty();
        SharedExports.Full full = left.exports.begin("e3", "ann", "sales", 2).orElseThrow();
        assertThat(full.count()).isEqualTo(2);
        assertThat(full.next().orElseThrow()).isBetween(end.minusMillis(1), end.plusMillis(1));
        assertThat(left.exports.begin("e4", "bob", "sales", 2)).isEmpty();

        right.exports.delete("e1");
        assertThat(left.exports.find("e1")).isEmpty();
        assertThat(left.exports.read("e1", 1)).isEmpty();
        assertThatThrownBy(() -> left.exports.finish("e1", end, "{}")).hasMessageContaining("removed");
    }

    @Test
    void databaseTellsNoContentAndCannotChangeIt() {
        left.tasks.begin("t1", "ann", Instant.now(), "canary-of-a-task");
        database.execute("UPDATE task SET identity = 'eve'");
        assertThat(right.tasks.find("eve", "t1"))
                .as("a task that was given to another caller")
                .isEmpty();
        left.exports.begin("e1", "ann", "sales", 2);
        left.exports.write("e1", 1, "canary-of-an-export".getBytes(StandardCharsets.UTF_8));
        left.exports.write("e1", 2, "canary-of-a-part".getBytes(StandardCharsets.UTF_8));
        String stored = left.store
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(TABLES).mapTo(String.class).one());
        assertThat(stored).isNotEmpty().doesNotContain("canary");

        for (String attack : List.of(
                "UPDATE export_part SET content = overlay(content placing '\\x00'::bytea from 20) WHERE number = 1",
                "UPDATE export_part SET content = (SELECT content FROM export_part WHERE number = 2) WHERE number = 1",
                "UPDATE export_part SET content = 'short' WHERE number = 1")) {
            database.execute(attack);
            assertThatThrownBy(() -> right.exports.read("e1", 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the platform store has changed content for export");
        }
    }

    @Test
    void eventsOfOneCallerAreCountedOverBothServers() {
        int taken = 0;
        for (int i = 0; i < 30; i++) {
            Server server = i % 2 == 0 ? left : right;
            taken += server.rates.take("calls ann", 10).isEmpty() ? 1 : 0;
        }
        // one more comes back every six seconds
        assertThat(taken).isBetween(10, 12);
        assertThat(left.rates.take("calls ann", 10).orElseThrow()).isPositive();
        assertThat(left.rates.take("calls bob", 10)).isEmpty();
        assertThat(left.rates.take("calls ann", 0)).isEmpty();
    }

    @Test
    void withoutTheDatabaseEachServerCountsForItself() {
        left.store.close();
        int taken = 0;
        for (int i = 0; i < 15; i++) {
            taken += left.rates.take("calls ann", 10).isEmpty() ? 1 : 0;
        }
        assertThat(taken).isBetween(10, 11);
    }
}
