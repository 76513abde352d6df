package io.mcpdata.authentication.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class KeyUsesTest {

    private static final String KEY_ID = "0123456789ab";
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final InMemoryStore database = new InMemoryStore();
    private final KeyUses uses = new KeyUses(database);

    @AfterEach
    void close() {
        database.close();
    }

    private static void used(KeyUses uses) {
        uses.add(KEY_ID, NOON, "192.0.2.1");
        uses.flush();
        uses.add(KEY_ID, NOON.plusSeconds(1), "192.0.2.2");
    }

    private static void awaitPause(Thread thread) throws InterruptedException {
        while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
            Thread.sleep(5);
        }
    }

    /** A lock that keeps writers waiting. */
    private Handle change() {
        Handle other = database.jdbi().open();
        other.begin();
        other.execute("UPDATE api_key_use SET used_at = used_at");
        return other;
    }

    @Test
    void useIsNotMissedWhileItIsWritten() throws Exception {
        used(uses);
        FutureTask<KeyUse> asked = new FutureTask<>(() -> uses.all().get(KEY_ID));
        Thread writing = new Thread(uses::flush);
        Thread asking = new Thread(asked);

        try (Handle other = change()) {
            writing.start();
            awaitPause(writing);
            asking.start();
            awaitPause(asking);
            other.rollback();
        }

        assertThat(asked.get(60, TimeUnit.SECONDS)).isEqualTo(new KeyUse(NOON.plusSeconds(1), "192.0.2.2", 2));
        writing.join();
    }

    @Test
    void callersDoNotWaitLongForAHangingStore() throws Exception {
        KeyUses impatient = new KeyUses(database, Duration.ofMillis(10));
        used(impatient);
        Thread writing = new Thread(() -> {
            try {
                impatient.flush();
            } catch (RuntimeException itsTimeIsOver) {
                // and the use is kept
            }
        });

        try (Handle other = change()) {
            writing.start();
            awaitPause(writing);
            assertThatThrownBy(impatient::all).isInstanceOf(StoreUnavailableException.class);
            // nor at the end of the application
            impatient.flush();
            other.rollback();
        }
        writing.join();

        impatient.flush();
        assertThat(impatient.all()).containsEntry(KEY_ID, new KeyUse(NOON.plusSeconds(1), "192.0.2.2", 2));
    }
}
