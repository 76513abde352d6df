package io.mcpdata.http;

/** A caller as limits count it. Its name would not do: callers of two kinds may have the same. */
public interface IdentifiedCaller {

    /** The same for every credential of the caller, and never another caller's. */
    String identity();
}
