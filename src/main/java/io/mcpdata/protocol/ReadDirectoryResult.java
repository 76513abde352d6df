package io.mcpdata.protocol;

/** {@code ReadResourceDirectoryResult} of the MCP extension Skills: a page that a client may not keep. */
public record ReadDirectoryResult(ListPage page) implements FeatureResult {

    @Override
    public String write(ClientRevision client) {
        return page.write(client);
    }
}
