package io.mcpdata.container.sql;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.sql.Tally.End;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Attack;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Sends attacks to a running server as a caller does, and tells what harm they did. Not thread-safe. */
final class AttackRun {

    private static final Duration TO_GIVE_UP = Duration.ofSeconds(5);

    /** Kinds whose statements may be harmless as the database reads them, or end in time with a small result. */
    private static final Set<String> MAY_BE_ANSWERED = Set.of("lexer", "cpu", "memory");

    private static final Set<String> LONG = Set.of("cpu", "memory");
    private static final List<String> NAMES = List.of(AttackedDatabase.ADMINISTRATOR, "hidden_canary");

    private final Platform platform;
    private final Web web;
    private final Canary canary;
    private final Tally tally;
    private final Duration longest;
    private McpConversation caller;

    /** @param longest how long one answer may take */
    AttackRun(Platform platform, Canary canary, Tally tally, Duration longest) {
        this.platform = platform;
        this.web = new Web(platform);
        this.canary = canary;
        this.tally = tally;
        this.longest = longest;
        this.caller = McpConversation.begin(web, platform.key("admin"));
    }

    /** The harm of all attacks of a kind on the database; empty if there was none. */
    List<String> all(AttackedDatabase database, String kind, List<Attack> attacks) {
        List<String> harm = new ArrayList<>();
        for (Attack attack : attacks) {
            if (attack.kind().equals(kind)) {
                List<String> done = attack(database, attack);
                done.forEach(what -> harm.add(what + " <- " + attack.statement()));
                if (!done.isEmpty()) {
                    database.repair();
                }
            }
        }
        harm.addAll(stillHealthy(database));
        return harm;
    }

    private List<String> attack(AttackedDatabase database, Attack attack) {
        long begin = System.nanoTime();
        String answer = answer("sql_query", database, attack);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        End end = end(answer);
        tally.count(database.name(), attack.kind(), end);
        List<String> harm = harm(database, attack, answer, end);
        if (took.compareTo(longest) > 0) {
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
