package io.mcpdata.container.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Folders;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Setup;
import io.mcpdata.testing.Attack;
import io.mcpdata.testing.CanaryCode;
import io.mcpdata.testing.OnOneServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of attacks, sent to the running server, on three databases whose accounts could do all the harm that the
 * attacks try, and on files that an embedded DuckDB reads: no statement changes, reads, sends, sleeps or continues after its timeout. The result does not depend on
 * the server, so it runs on one of them.
 */
@ArquillianTest
@OnOneServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(300)
final class AttacksIT {

    private static final String TIMEOUT = "2s";
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private final Canary canary;
    private final Map<String, AttackedDatabase> databases = new LinkedHashMap<>();
    private final AttackedH2 h2;
    private final Platform platform;
    private final Tally tally = new Tally();
    private final AttackRun run;

    AttacksIT() throws Exception {
        Path directory = Setup.fromMaven().work().resolve("attacks");
        Folders.clear(directory);
        canary = new Canary(directory);
        String password = Keys.random();
        Map<String, String> values = new HashMap<>(canary.values());
        values.put("password", password);
        add(new AttackedPostgres(values));
        add(new AttackedMariaDb(values));
        h2 = new AttackedH2(directory, values);
        add(h2);
        add(new AttackedFiles(directory, values));
        platform = Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml().replace("connections:\n", connections()))
                .withEnvironment(Map.of("CANARY_PASSWORD", password))
                .withJvmOption("-XX:OnOutOfMemoryError=touch " + canary.memoryFile())
                .withJvmOption("-D" + CanaryCode.PROPERTY + "=" + canary.codeFile())
                .withLibraries(List.of(
                        canary.jar(),
                        Libraries.of(org.mariadb.jdbc.Driver.class),
                        Libraries.of(org.duckdb.DuckDBDriver.class))));
        run = new AttackRun(platform, canary, tally, LONGEST);
    }

    private void add(AttackedDatabase database) {
        databases.put(database.name(), database);
    }

    private String connections() {
        StringBuilder yaml = new StringBuilder("connections:\n");
        for (AttackedDatabase database : databases.values()) {
            yaml.append("  ")
                    .append(database.name())
                    .append(": {")
                    .append(database.source())
                    .append(", timeout: ")
                    .append(TIMEOUT)
                    .append("}\n");
        }
        return yaml.toString();
    }

    @AfterAll
    void stop() throws Exception {
        System.out.print(tally);
        platform.close();
        for (AttackedDatabase database : databases.values()) {
            database.close();
        }
        canary.close();
    }

    Stream<Arguments> kinds() {
        return databases.values().stream()
                .flatMap(database -> attacks(database).stream()
                        .map(Attack::kind)
                        .distinct()
                        .map(kind -> Arguments.of(database.name(), kind)));
    }

    private List<Attack> attacks(AttackedDatabase database) {
        Map<String, String> values = new HashMap<>(canary.values());
        values.putAll(database.values());
        return Attack.on(database.name(), values);
    }

    /** Without this test, an attack could fail because of the account or of a canary that detects nothing. */
    @Order(0)
    @Test
    void theAccountsCouldDoHarmAndTheCanaryWouldSeeIt() throws Exception {
        for (AttackedDatabase database : databases.values()) {
            assertThat(canary.leaked(database.secretAsTheAccountReadsIt()))
                    .as(database.name())
                    .isTrue();
        }
        canary.provoke();
        assertThat(canary.harm()).containsExactly("ran code", "connected to the socket");
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("kinds")
    void noStatementOfTheKindDoesHarm(String name, String kind) {
        AttackedDatabase database = Objects.requireNonNull(databases.get(name));
        assertThat(run.all(database, kind, attacks(database))).isEmpty();
    }

    /** The server has closed the file by then. */
    @Order(2)
    @Test
    void theEmbeddedDatabaseIsInTheEndWhatItWasInTheBeginning() throws Exception {
        platform.close();

        assertThat(h2.changesAfterTheServersEnd()).isEmpty();
        assertThat(h2.hasAsManyObjects()).isTrue();
    }
}
