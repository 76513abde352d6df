package io.mcpdata.stdio;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = {
            "Revoke a key that the server made. New calls with it are refused at once, its open streams are closed.",
            "A key of platform.yaml is removed there."
        })
final class KeysRevokeCommand implements Runnable {

    private final Terminal terminal;

    @Parameters(paramLabel = "KEY_ID", converter = KeyIdArgument.class, description = "The key id, from 'keys list'.")
    private String keyId;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    KeysRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        server.admin(terminal).revoke(keyId);
        terminal.err().println("Revoked " + keyId + ".");
    }
}
