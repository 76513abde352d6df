package io.mcpdata.container.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Folders;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Setup;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.sql.Tally.End;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Attack;
import io.mcpdata.testing.CanaryCode;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * attacks try: no statement changes, reads, sends, sleeps or continues after its timeout. The result does not depend on
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
    private static final Duration TO_GIVE_UP = Duration.ofSeconds(5);

    /** Kinds whose statements may be harmless as the database reads them, or end in time with a small result. */
    private static final Set<String> MAY_BE_ANSWERED = Set.of("lexer", "cpu", "memory");

    private static final Set<String> LONG = Set.of("cpu", "memory");
    private static final List<String> NAMES = List.of(AttackedDatabase.ADMINISTRATOR, "hidden_canary");

    private final Canary canary;
    private final Map<String, AttackedDatabase> databases = new LinkedHashMap<>();
    private final AttackedH2 h2;
    private final Platform platform;
    private final Web web;
    private final Tally tally = new Tally();
    private McpConversation caller;

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
        platform = Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml().replace("connections:\n", connections()))
                .withEnvironment(Map.of("CANARY_PASSWORD", password))
                .withJvmOption("-XX:OnOutOfMemoryError=touch " + canary.memoryFile())
                .withJvmOption("-D" + CanaryCode.PROPERTY + "=" + canary.codeFile())
                .withLibraries(List.of(canary.jar(), Libraries.of(org.mariadb.jdbc.Driver.class))));
        web = new Web(platform);
        caller = McpConversation.begin(web, platform.key("admin"));
    }

    private void add(AttackedDatabase database) {
        databases.put(database.name(), database);
    }

    private String connections() {
        StringBuilder yaml = new StringBuilder("connections:\n");
        for (AttackedDatabase database : databases.values()) {
            yaml.append("  ")
                    .append(database.name())
                    .append(": {url: \"")
                    .append(database.url())
                    .append("\", username: ")
                    .append(AttackedDatabase.ADMINISTRATOR)
                    .append(", password: \"${CANARY_PASSWORD}\", allow_privileged_account: true, timeout: ")
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
        List<String> harm = new ArrayList<>();
        for (Attack attack : attacks(database)) {
            if (attack.kind().equals(kind)) {
                List<String> done = attack(database, attack);
                done.forEach(what -> harm.add(what + " <- " + attack.statement()));
                if (!done.isEmpty()) {
                    database.repair();
                }
            }
        }
        harm.addAll(stillHealthy(database));
        assertThat(harm).isEmpty();
    }

    /** The server has closed the file by then. */
    @Order(2)
    @Test
    void theEmbeddedDatabaseIsInTheEndWhatItWasInTheBeginning() throws Exception {
        platform.close();

        assertThat(h2.changesAfterTheServersEnd()).isEmpty();
        assertThat(h2.hasAsManyObjects()).isTrue();
    }

    private List<String> attack(AttackedDatabase database, Attack attack) {
        long begin = System.nanoTime();
        String answer = answer("sql_query", database, attack);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        End end = end(answer);
        tally.count(database.name(), attack.kind(), end);
        List<String> harm = harm(database, attack, answer, end);
        if (took.compareTo(LONGEST) > 0) {
            harm.add("took " + took.toMillis() + " ms");
        }
        if (LONG.contains(attack.kind())) {
            harm.addAll(stillBusy(database));
        } else {
            String plan = answer("sql_explain", database, attack);
            harm(database, attack, plan, End.REFUSED_BY_THE_GUARD).forEach(what -> harm.add("explained: " + what));
        }
        return harm;
    }

    private List<String> harm(AttackedDatabase database, Attack attack, String answer, End end) {
        List<String> harm = new ArrayList<>(canary.harm());
        harm.addAll(database.changes());
        if (canary.leaked(answer)) {
            harm.add("read the secret file");
        }
        for (String name : NAMES) {
            if (contains(answer, name) && !contains(attack.statement(), name)) {
                harm.add("told the name " + name);
            }
        }
        if (end == End.UNANSWERED) {
            harm.add("had no answer");
        }
        if (end == End.ANSWERED && !MAY_BE_ANSWERED.contains(attack.kind())) {
            harm.add("was answered: " + shortened(answer));
        }
        if (end == End.ENDED_BY_LIMITS && !LONG.contains(attack.kind())) {
            harm.add("continued until its time was over");
        }
        return harm;
    }

    private String answer(String tool, AttackedDatabase database, Attack attack) {
        try {
            JsonObjectBuilder arguments =
                    Json.object().add("connection", database.name()).add("sql", attack.statement());
            if (attack.kind().equals("driver")) {
                arguments.add("parameters", Json.array().add("x"));
            }
            JsonObjectBuilder call = Json.object().add("name", tool).add("arguments", arguments);
            return caller.request("tools/call", call.build()).toString();
        } catch (AssertionError | RuntimeException e) {
            reconnect();
            return "";
        }
    }

    private void reconnect() {
        try {
            caller.close();
            caller = McpConversation.begin(web, platform.key("admin"));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("the server takes no more sessions: a statement took it down", e);
        }
    }

    private static End end(String answer) {
        if (answer.isEmpty()) {
            return End.UNANSWERED;
        }
        if (answer.contains("ran longer than this connection allows")) {
            return End.ENDED_BY_LIMITS;
        }
        if (answer.contains("Statement refused")
                || answer.startsWith("{\"jsonrpc\":\"2.0\",\"id\"") && !answer.contains("\"result\"")) {
            return End.REFUSED_BY_THE_GUARD;
        }
        return answer.contains("\"isError\":true") ? End.REFUSED_BY_THE_DATABASE : End.ANSWERED;
    }

    private List<String> stillHealthy(AttackedDatabase database) {
        try {
            JsonObject answer = caller.call(
                    "sql_query",
                    Map.of("connection", database.name(), "sql", "SELECT COUNT(*), MIN(note), MAX(note) FROM canary"));
            return McpConversation.structured(answer)
                            .getJsonArray("rows")
                            .toString()
                            .equals("[[3,\"one\",\"two\"]]")
                    ? List.of()
                    : List.of("the database is not what it was: " + answer);
        } catch (AssertionError | RuntimeException e) {
            reconnect();
            return List.of("the database does not answer any more");
        }
    }

    /** A statement that continues after its caller got the final answer. */
    private List<String> stillBusy(AttackedDatabase database) {
        List<String> busy = new ArrayList<>();
        try {
            Eventually.within(TO_GIVE_UP, "the statement ends in the database", () -> !database.busy());
        } catch (AssertionError e) {
            busy.add("continued in the database");
        }
        try {
            Eventually.within(TO_GIVE_UP, "the server calms down", this::calm);
        } catch (AssertionError e) {
            busy.add("continued in the server");
        }
        return busy;
    }

    /** Less than half a processor in a fifth of a second. */
    private boolean calm() {
        Duration window = Duration.ofMillis(200);
        Duration begin = processorTime();
        try {
            Thread.sleep(window.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return processorTime().minus(begin).compareTo(window.dividedBy(2)) < 0;
    }

    private Duration processorTime() {
        return platform.server().java().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static boolean contains(String text, String name) {
        return text.toLowerCase(Locale.ROOT).contains(name);
    }

    private static String shortened(String answer) {
        return answer.length() <= 200 ? answer : answer.substring(0, 200);
    }
}
