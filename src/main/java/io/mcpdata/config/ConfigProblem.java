package io.mcpdata.config;

/**
 * One fault in {@code platform.yaml}. It never contains a value that could be a secret.
 *
 * @param line counted from 1; 0 if the line is unknown
 * @param key the dotted path of the key; empty for the file as a whole
 */
public record ConfigProblem(String file, int line, String key, String found, String expected) {

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line : file;
        return place + ": " + (key.isEmpty() ? "" : key + ": ") + "found " + found + "; expected " + expected;
    }
}
