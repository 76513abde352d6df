package io.mcpdata.gateway;

/** Text of a client, repeated in an error. */
final class Shown {

    private static final int LONGEST = 128;

    private Shown() {}

    /** Printable ASCII, cut. */
    static String name(String text) {
        return name(text, LONGEST);
    }

    /** The same, cut to another length. */
    static String name(String text, int longest) {
        String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.substring(0, Math.min(safe.length(), longest));
    }
}
