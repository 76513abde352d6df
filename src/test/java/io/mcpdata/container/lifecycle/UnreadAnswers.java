package io.mcpdata.container.lifecycle;

import io.mcpdata.container.server.Web;

/**
 * Asks in a session for the long list of tools, so that its stream fills if its client does not read. It begins as a client
 * of a newer revision does, whose list holds output schemas too.
 *
 * @param endpoint where the session's messages go
 */
record UnreadAnswers(Web web, String key, String endpoint) {

    /** The newest revision that the client names. */
    static final String REVISION = "2025-06-18";

    /** How many such answers have begun in the part of the stream that was read. */
    static int in(String events) {
        return events.split("\"tools\":", -1).length - 1;
    }

    void initialize() {
        post("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + REVISION
                + "\"," + "\"capabilities\":{},\"clientInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}");
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }

    /** The status; 404 after the stream was closed. */
    int ask(int id) {
        return post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/list\"}");
    }

    private int post(String message) {
        return web.post(endpoint, key, message).status();
    }
}
