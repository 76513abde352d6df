/** Ends the demo with a message that says how to fix the error. */
final class Stop extends RuntimeException {

    static final int FAILURE = 1;
    static final int USAGE = 2;

    private static final long serialVersionUID = 1L;

    private final int status;

    Stop(String message) {
        this(message, FAILURE);
    }

    private Stop(String message, int status) {
        super(message);
        this.status = status;
    }

    /** The options cannot work. */
    static Stop usage(String message) {
        return new Stop(message + " Try 'demo/run --help'.", USAGE);
    }

    int status() {
        return status;
    }
}
