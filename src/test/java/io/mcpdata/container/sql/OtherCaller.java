package io.mcpdata.container.sql;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Web;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A caller with simple questions, whose answers must stay quick and right while another caller runs heavy statements. */
final class OtherCaller implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;

    private final Web web;
    private final String connection;
    private final McpConversation conversation;
    private final Thread asking = new Thread(this::ask, "other-caller");
    private final List<Duration> times = Collections.synchronizedList(new ArrayList<>());
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private OtherCaller(Web web, String connection) {
        this.web = web;
        this.connection = connection;
        this.conversation = McpConversation.begin(web, web.platform().key("admin"));
    }

    static OtherCaller begin(Web web, String connection) {
        OtherCaller caller = new OtherCaller(web, connection);
        caller.asking.setDaemon(true);
        caller.asking.start();
        return caller;
    }

    /** Answers that were wrong or did not come. */
    List<String> problems() {
        return problems;
    }

    /** The time within which 99 of 100 answers came. */
    Duration percentile99() {
        List<Duration> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() * 99 / 100);
    }

    private void ask() {
        // the first question opens the demo's pool
        askOnce();
        times.clear();
        while (!ended) {
            askOnce();
        }
    }

    private void askOnce() {
        try {
            long began = System.nanoTime();
            JsonObject answer =
                    conversation.call("sql_query", Map.of("connection", connection, "sql", "SELECT 1 AS one"));
            times.add(Duration.ofNanos(System.nanoTime() - began));
            if (McpConversation.structured(answer).getInt("rowCount") != 1) {
                problems.add(answer.toString());
            }
            int ready = web.get("/readyz").status();
            if (ready != 200) {
                problems.add("/readyz " + ready);
            }
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            ended = true;
        } catch (RuntimeException | AssertionError e) {
            problems.add(String.valueOf(e));
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        conversation.close();
    }
}
