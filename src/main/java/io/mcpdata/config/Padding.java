package io.mcpdata.config;

/**
 * White space around a value. Secrets of Kubernetes and variables that a command sets often end with a line end, which
 * then is a part of the value.
 */
final class Padding {

    private static final String CHECK = "; check the variable or file for spaces or a line end";

    private Padding() {}

    static boolean isAround(String text) {
        return !text.equals(text.strip());
    }

    /** @param what the kind of value with its article, such as "a key" */
    static String found(String what) {
        return what + " with whitespace around it";
    }

    /** @param what the kind of value, such as "the key" */
    static String expected(String what) {
        return what + " alone" + CHECK;
    }
}
