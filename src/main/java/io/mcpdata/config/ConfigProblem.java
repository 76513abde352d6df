package io.mcpdata.config;

/**
 * One thing that is wrong in {@code platform.yaml}. It never holds a value that could be a secret.
 *
 * @param line counted from 1; 0 where no line can be named
 * @param key the dotted path of the key; empty for the file as a whole
 */
public record ConfigProblem(String file, int line, String key, String found, String expected) {

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line : file;
        return place + ": " + (key.isEmpty() ? "" : key + ": ") + "found " + found + "; expected " + expected;
    }
}
