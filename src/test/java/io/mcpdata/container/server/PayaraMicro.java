package io.mcpdata.container.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro: one jar, the WAR as an argument. */
final class PayaraMicro implements ServerKind {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Setup setup;

    PayaraMicro(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String name() {
        return "Payara Micro";
    }

    @Override
    public List<String> prepare(Launch launch) throws IOException {
        Files.createDirectories(accessLogs(launch));
        Path config = setup.serverConfig().resolve("payara");
        List<String> command =
                new ArrayList<>(List.of(launch.java().resolve("bin/java").toString()));
        command.addAll(launch.jvmOptions());
        command.addAll(List.of(
                "-jar",
                setup.servers().resolve("payara-micro.jar").toString(),
                "--nocluster",
                "--port",
                String.valueOf(launch.port()),
                "--prebootcommandfile",
                beforeBoot(launch, config).toString(),
                "--accesslog",
                accessLogs(launch).toString(),
                "--accesslogformat",
                "%client.name% %datetime% %http-method% %http-uri% %status% %response.length%",
                "--deploy",
                launch.war().toString(),
                "--contextroot",
                launch.contextRoot()));
        if (launch.extras().contains("tls")) {
            command.addAll(List.of("--sslport", launch.httpsPort()));
        }
        if (launch.extras().contains("data-source")) {
            command.addAll(List.of(
                    "--addlibs",
                    launch.postgresqlDriver().toString(),
                    "--postbootcommandfile",
                    config.resolve("data-source.asadmin").toString()));
        }
        if (launch.redeployments() > 0) {
            command.addAll(
                    List.of("--postdeploycommandfile", redeployments(launch).toString()));
        }
        return command;
    }

    /** Payara Micro takes one such file. */
    private static Path beforeBoot(Launch launch, Path config) throws IOException {
        String commands = Files.readString(config.resolve("pre-boot.asadmin"));
        if (launch.extras().contains("tls")) {
            commands += Files.readString(config.resolve("tls.asadmin"));
        }
        return Files.writeString(launch.directory().resolve("pre-boot.asadmin"), commands);
    }

    /** Payara Micro takes commands at its start alone: it is there that the WAR goes off and on again. */
    private static Path redeployments(Launch launch) throws IOException {
        String once = "undeploy mcp-data-platform\ndeploy --name mcp-data-platform --contextroot "
                + launch.contextRoot() + " " + launch.war() + "\n";
        return Files.writeString(launch.directory().resolve("redeploy.asadmin"), once.repeat(launch.redeployments()));
    }

    /** Done by the start. */
    @Override
    public void redeploy(Launch launch) {
        if (launch.redeployments() > 0) {
            Eventually.within(PATIENCE, "Payara Micro is ready", () -> ready(launch));
        }
    }

    @Override
    public boolean redeploysWhileRunning() {
        return false;
    }

    private static boolean ready(Launch launch) {
        try {
            return Files.readString(launch.log()).contains(") ready in ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path accessLogs(Launch launch) {
        return launch.directory().resolve("access");
    }
}
