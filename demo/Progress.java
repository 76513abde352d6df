import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A step that takes its time. On a terminal one line shows how long it has taken; elsewhere nothing moves. */
final class Progress implements AutoCloseable {

    private static final boolean TERMINAL = Boolean.getBoolean("demo.terminal");
    private static final int WIDTH = 78;

    private final String step;
    private final long begin = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private volatile String detail = "";

    /** @param step what is done, and how long it takes */
    Progress(String step, String expectation) {
        this.step = step;
        System.out.println(step + " (" + expectation + ") ...");
        if (TERMINAL) {
            clock.scheduleAtFixedRate(this::show, 500, 500, TimeUnit.MILLISECONDS);
        }
    }

    /** Shows this beside the time. */
    void at(String newDetail) {
        detail = newDetail;
    }

    private void show() {
        String line = "  " + seconds() + " s" + (detail.isEmpty() ? "" : ", " + detail);
        print(line.length() > WIDTH ? line.substring(0, WIDTH) : line);
    }

    private static void print(String line) {
        System.out.print("\r" + line + " ".repeat(WIDTH - line.length()) + "\r" + line);
        System.out.flush();
    }

    long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }

    /** Removes the moving line. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (TERMINAL) {
            print("");
        }
    }
}
