package io.mcpdata.gateway;

/** Text of a client, repeated in an error. */
final class Shown {

    private static final int LONGEST = 128;

    private Shown() {}

    /** Printable ASCII, cut. */
    static String name(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
    }
}
