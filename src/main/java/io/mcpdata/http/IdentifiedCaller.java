package io.mcpdata.http;

/** A caller as limits count it. The name is not enough: callers of two kinds may have the same name. */
public interface IdentifiedCaller {

    /** One value for all credentials of a caller, different from every other caller's. */
    String identity();
}
