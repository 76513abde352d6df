package io.mcpdata.container.keys;

import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Clients that call without a pause; records every answer that was not a success. */
final class CallsUnderLoad implements AutoCloseable {

    private static final int CLIENTS = 4;

    private final Web web;
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients;
    private volatile String key;
    private volatile boolean over;

    CallsUnderLoad(Web web, String key) {
        this.web = web;
        this.key = key;
        this.clients = Stream.generate(() -> new Thread(this::call, "client"))
                .limit(CLIENTS)
                .toList();
        clients.forEach(Thread::start);
    }

    /** Returns when no client uses the old key any more. */
    void use(String newKey) {
        key = newKey;
        untilMoreThan(2 * CLIENTS);
    }

    /** Waits for so many more calls. */
    void untilMoreThan(int more) {
        int before = calls.get();
        Eventually.within(Duration.ofSeconds(60), "more calls", () -> calls.get() > before + more);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void call() {
        while (!over) {
            try {
                int status = web.get("/api/v1/whoami", key).status();
                if (status != 200) {
                    failures.add("status " + status);
                }
            } catch (RuntimeException | AssertionError e) {
                failures.add(e.toString());
            }
            calls.incrementAndGet();
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread client : clients) {
            client.join(30_000);
        }
    }
}
