package io.mcpdata.container.server;

import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Open Liberty: the folder {@code server-config/liberty} is the server, the WAR lies in its folder {@code apps}. */
final class OpenLiberty implements ServerKind {

    private static final String SERVER = "mcp-data-platform";

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Setup setup;

    OpenLiberty(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String name() {
        return "Open Liberty";
    }

    @Override
    public List<String> prepare(Launch launch) throws IOException {
        launch.requireNoLibraries();
        Path server = server(launch);
        Path config = setup.serverConfig().resolve("liberty");
        Files.createDirectories(server.resolve("apps"));
        for (String file : List.of("server.xml", "jvm.options", "bootstrap.properties")) {
            Files.copy(config.resolve(file), server.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
        for (String extra : launch.extras()) {
            Files.copy(
                    config.resolve(extra + ".xml"),
                    overrides.resolve(extra + ".xml"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (launch.extras().contains("data-source")) {
            Path lib = Files.createDirectories(server.resolve("lib"));
            Files.copy(launch.postgresqlDriver(), lib.resolve("postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(launch.war(), server.resolve("apps/mcp-data-platform.war"), StandardCopyOption.REPLACE_EXISTING);
        return List.of(setup.servers().resolve("wlp/bin/server").toString(), "run", SERVER);
    }

    /** The start script gives an agent to the JVM. */
    @Override
    public boolean archivesClasses() {
        return false;
    }

    @Override
    public Map<String, String> environment(Launch launch) {
        return Map.of(
                "WLP_USER_DIR",
                user(launch).toString(),
                "HTTP_PORT",
                String.valueOf(launch.port()),
                "CONTEXT_ROOT",
                launch.contextRoot(),
                "JVM_ARGS",
                String.join(" ", launch.jvmOptions()));
    }

    /** By the WAR itself, which Liberty watches. */
    @Override
    public void redeploy(Launch launch, ProcessHandle java) throws IOException {
        Path war = server(launch).resolve("apps/mcp-data-platform.war");
        int stops = count(launch, "CWWKZ0009I");
        int starts = starts(launch);
        Files.delete(war);
        Eventually.within(PATIENCE, "the WAR is off", () -> count(launch, "CWWKZ0009I") > stops);
        Path next =
                Files.copy(launch.war(), launch.directory().resolve("next.war"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(next, war, StandardCopyOption.ATOMIC_MOVE);
        Eventually.within(PATIENCE, "the WAR is on again", () -> starts(launch) > starts);
    }

    /** Liberty says "started" or, when it saw the WAR come back in the same moment, "updated". */
    private static int starts(Launch launch) {
        return count(launch, "CWWKZ0001I") + count(launch, "CWWKZ0003I");
    }

    private static int count(Launch launch, String message) {
        try {
            return Files.readString(logs(launch).resolve("messages.log")).split(message, -1).length - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path accessLogs(Launch launch) {
        return logs(launch).resolve("access.log");
    }

    @Override
    public List<Path> serverLogs(Launch launch) {
        return List.of(logs(launch).resolve("messages.log"));
    }

    private static Path logs(Launch launch) {
        return server(launch).resolve("logs");
    }

    private static Path server(Launch launch) {
        return user(launch).resolve("servers").resolve(SERVER);
    }

    private static Path user(Launch launch) {
        return launch.directory().resolve("usr");
    }
}
