package io.mcpdata.container.mcp;

import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of revision 2026-07-28 that call one after the other, and make a call again that got no answer, or one that says
 * that the server is not available or that the call should be made again.
 */
final class ReplicaLoad implements AutoCloseable {

    /** The markers of the calls that have the row of an answer, in the platform's store. */
    static final String ROWS = "SELECT DISTINCT substring(parameters FROM 'call-[0-9]+-[0-9]+')"
            + " FROM audit_event WHERE type = 'TOOL_CALL' AND outcome = 'SUCCESS' AND parameters LIKE '%call-%'";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;

    /** How often a call is made before its client gives up. */
    private static final int TRIES = 40;

    private final McpClient client;
    private final ExecutorService threads;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final List<String> given = new CopyOnWriteArrayList<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile boolean ended;

    private ReplicaLoad(McpClient client, int clients) {
        this.client = client;
        this.threads = Executors.newFixedThreadPool(clients);
        for (int number = 1; number <= clients; number++) {
            int own = number;
            threads.execute(() -> run(own));
        }
    }

    static ReplicaLoad begin(Web web, String key, int clients) {
        return new ReplicaLoad(McpClient.stateless(web, key), clients);
    }

    private void run(int number) {
        for (int call = 1; !ended; call++) {
            String marker = "call-" + number + "-" + call;
            if (isAnswered(marker)) {
                answered.add(marker);
            } else if (!ended) {
                given.add(marker);
            }
        }
    }

    private boolean isAnswered(String marker) {
        for (int attempt = 0; attempt < TRIES && !ended; attempt++) {
            try {
                Web.Answer answer = client.call(
                        1, "sql_query", "{\"connection\":\"warehouse\",\"sql\":\"SELECT '" + marker + "' AS marker\"}");
                if (answer.status() == 200 && answer.body().contains("structuredContent")) {
                    repeated.addAndGet(attempt > 0 ? 1 : 0);
                    return true;
                }
                // a server whose application is gone, or not there yet, answers itself: with 404 or 500, and with no
                // JSON
                if (answer.status() < 500
                        && answer.body().startsWith("{")
                        && !answer.body().contains("try again in a moment")) {
                    given.add(marker + ": " + answer.status() + " " + answer.body());
                    return false;
                }
            } catch (UncheckedIOException connectionEnded) {
                // the server that had the call has ended
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** Waits until so many more calls were answered. */
    void awaitMore(int more) {
        int before = answered.size();
        Eventually.within(
                PATIENCE, more + " more calls are answered: " + given, () -> answered.size() >= before + more);
    }

    /** The calls that got no answer, or a wrong one. */
    List<String> given() {
        return given;
    }

    /** The answered calls that were made more than once. */
    int repeated() {
        return repeated.get();
    }

    /** The markers of the answered calls. */
    Set<String> end() throws InterruptedException {
        ended = true;
        threads.shutdown();
        threads.awaitTermination(30, TimeUnit.SECONDS);
        return answered;
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdownNow();
    }
}
