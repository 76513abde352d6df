package io.mcpdata.container.server;

import io.mcpdata.testing.Eventually;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A second server, which the tests share that end a server, restart it or need limits that the other tests would not bear.
 * Each of them brings its configuration. The first one starts the server, and the one after a test that ended it starts
 * another.
 */
public final class SecondPlatform {

    private static final DebugPort DEBUG = DebugPort.free();
    private static final Duration TO_BE_IN_FORCE = Duration.ofSeconds(20);
    private static final String NAME = "name: container tests";

    private static @Nullable Platform latest;
    private static int versions;

    private SecondPlatform() {}

    /** The running server or a new one, with this version of {@link Platform#standardYaml()} in force. */
    public static synchronized Platform with(String yaml) {
        Platform platform = latest;
        if (platform == null || !platform.server().process().isAlive()) {
            return start(Platform.Options.standard().withYaml(yaml));
        }
        String name = "version " + ++versions;
        platform.configure(yaml.replace(NAME, "name: " + name));
        Web web = new Web(platform);
        Eventually.within(
                TO_BE_IN_FORCE,
                "the configuration is in force",
                () -> web.get("/api/v1/whoami").header("WWW-Authenticate").contains("realm=\"" + name + "\""));
        return platform;
    }

    /** A new server in place of the running one. */
    public static synchronized Platform start(Platform.Options options) {
        close();
        Platform started = Platform.start(options.withJvmOption(DEBUG.option()));
        latest = started;
        return started;
    }

    /** The same server once more, with the same files, after its end. */
    public static synchronized Platform startAgain() {
        close();
        Platform again = Objects.requireNonNull(latest).startAgain();
        latest = again;
        return again;
    }

    /** Where a debugger finds the server. */
    public static DebugPort debugPort() {
        return DEBUG;
    }

    private static void close() {
        Platform platform = latest;
        if (platform != null && platform.server().process().isAlive()) {
            platform.close();
        }
    }
}
