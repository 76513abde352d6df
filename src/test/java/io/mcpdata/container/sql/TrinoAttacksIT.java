package io.mcpdata.container.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Folders;
import io.mcpdata.container.server.Setup;
import io.mcpdata.testing.Attack;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.TrinoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of attacks on Trino, sent to the running server as an account that could do all the harm: no statement changes,
 * reads what it must not read, or continues on the cluster after its timeout.
 */
@ArquillianTest
@Tag("trino")
@EnabledIfSystemProperty(named = TrinoServer.PROPERTY, matches = ".+", disabledReason = "needs -Ptrino")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
final class TrinoAttacksIT {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Canary canary;
    private final AttackedTrino database;
    private final AttackRun run;
    private final Tally tally = new Tally();
    private final List<Attack> attacks;

    TrinoAttacksIT() throws Exception {
        Path directory = Setup.fromMaven().work().resolve("trino-attacks");
        Folders.clear(directory);
        canary = new Canary(directory);
        attacks = Attack.on("trino", canary.values());
        database = new AttackedTrino(
                TrinoPlatform.trino(),
                Files.readString(Path.of(String.valueOf(canary.values().get("secret")))));
        run = new AttackRun(TrinoPlatform.platform(), canary, tally, LONGEST);
    }

    @AfterAll
    void stop() throws Exception {
        System.out.print(tally);
        database.close();
        canary.close();
    }

    Stream<String> kinds() {
        return attacks.stream().map(Attack::kind).distinct();
    }

    /** Without this test, an attack could fail because of the account or of a canary that detects nothing. */
    @Order(0)
    @Test
    void theAccountCouldDoHarmAndTheCanaryWouldSeeIt() throws Exception {
        assertThat(canary.leaked(database.secretAsTheAccountReadsIt())).isTrue();
        TrinoPlatform.trino().execute("/hive/shop", List.of("INSERT INTO canary VALUES (4, 'four')"));
        assertThat(database.changes()).hasSize(1);
        database.repair();
        TrinoPlatform.trino().execute("/hive/shop", List.of("CREATE TABLE stolen AS SELECT * FROM canary"));
        assertThat(database.changes()).hasSize(1);
        TrinoPlatform.trino().execute("/hive/shop", List.of("DROP TABLE stolen"));
        assertThat(database.changes()).hasSize(1);
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("kinds")
    void noStatementOfTheKindDoesHarm(String kind) {
        assertThat(run.all(database, kind, attacks)).isEmpty();
    }

    @Order(2)
    @Test
    void noStatementOfTheAttacksStillRuns() {
        Eventually.within(Duration.ofSeconds(10), "no statement runs", () -> !database.busy());
    }
}
