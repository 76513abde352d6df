package io.mcpdata.config;

import java.util.Objects;

/**
 * A value that must never be shown. {@link #toString()} is redacted; only {@link #reveal()} returns the value, where it
 * is needed. Immutable and thread-safe.
 */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** The value itself, only for the call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
