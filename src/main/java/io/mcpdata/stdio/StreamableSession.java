package io.mcpdata.stdio;

import java.net.http.HttpRequest;

/**
 * A session of {@code /mcp}, which every message but the first must name.
 *
 * @param revision that of the server's answer to {@code initialize}; not sent if it is none
 */
record StreamableSession(String id, String revision) {

    static final String HEADER = "Mcp-Session-Id";

    void nameIn(HttpRequest.Builder request) {
        request.header(HEADER, id);
        if (revision.matches("[A-Za-z0-9.-]{1,64}")) {
            request.header(StatelessHeaders.REVISION, revision);
        }
    }
}
