package io.mcpdata.container.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Open Liberty: the folder {@code server-config/liberty} is the server, the WAR lies in its folder {@code apps}. */
final class OpenLiberty implements ServerKind {

    private static final String SERVER = "mcp-data-platform";

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
        Path server = server(launch);
        Path config = setup.serverConfig().resolve("liberty");
        Files.createDirectories(server.resolve("apps"));
        for (String file : List.of("server.xml", "jvm.options", "bootstrap.properties")) {
            Files.copy(config.resolve(file), server.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
        for (String extra : launch.extras()) {
            Files.copy(config.resolve(extra + ".xml"), overrides.resolve(extra + ".xml"));
        }
        Files.copy(launch.war(), server.resolve("apps/mcp-data-platform.war"));
        return List.of(setup.servers().resolve("wlp/bin/server").toString(), "run", SERVER);
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
