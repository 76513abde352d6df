package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Where audit rows are read: a running server, or the store of a stopped one. Parameters and answers are those of the
 * REST. Every failure is a {@link CommandFailed}. For one thread.
 */
interface AuditTrail extends AutoCloseable {

    JsonObject list(Map<String, String> parameters);

    JsonObject row(long id);

    JsonObject stats(Map<String, String> parameters);

    JsonObject verify(Map<String, String> parameters);

    /** @throws IOException if rows are missing, because the connection broke or the output could not be written */
    void export(Map<String, String> parameters, OutputStream out) throws IOException;

    @Override
    default void close() {}
}
