package io.mcpdata.config;

import java.util.Map;

/** A configuration that can be read again at once, without waiting until a change of its files is noticed. Thread-safe. */
public interface ReloadableConfiguration {

    /**
     * Reads the file and the files that hold values of it. A valid version is in force when this returns; an invalid one
     * is refused, and {@link ActiveConfiguration#problems} has its faults. Without a file nothing happens.
     */
    void reload();

    /**
     * How many readings there were since the start of the application, by what came of them: {@code taken}, {@code
     * unchanged}, where the file said again what is in force, and {@code rejected}.
     */
    Map<String, Long> readings();
}
