package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rotate",
        description = {
            "Let the server make a successor of a key, with the same name and roles, and show it, once.",
            "With --overlap the old key stays good for that long, so that clients can be moved without a failed call."
        },
        footer = {"", "Example:", "  mcp-data-platform keys rotate --overlap 24h 1f0c4e6a9b2d"})
final class KeysRotateCommand implements Runnable {

    private final Terminal terminal;

    @Parameters(paramLabel = "KEY_ID", converter = KeyIdArgument.class, description = "The key id, from 'keys list'.")
    private String keyId;

    @Option(
            names = "--overlap",
            paramLabel = "DURATION",
            converter = OverlapArgument.class,
            description = {
                "How long the old key stays good, for example 24h, or 0s for not at all;",
                "24h if not given."
            })
    private @Nullable Duration overlap;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    KeysRotateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        JsonObject wish = new JsonObject();
        if (overlap != null) {
            wish.addProperty("overlap", OverlapArgument.text(overlap));
        }
        new NewKey(terminal, output).show(server.admin(terminal).rotate(keyId, wish));
    }
}
