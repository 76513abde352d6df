package io.mcpdata.container.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro: one jar, the WAR as an argument. */
final class PayaraMicro implements ServerKind {

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
        // as the guide has it before each start
        Folders.delete(root(launch).resolve("config"));
        List<String> command =
                new ArrayList<>(List.of(launch.java().resolve("bin/java").toString()));
        command.addAll(launch.jvmOptions());
        command.addAll(List.of(
                "-jar",
                setup.servers().resolve("payara-micro.jar").toString(),
                "--nocluster",
                "--port",
                String.valueOf(launch.port()),
                "--rootdir",
                root(launch).toString(),
                "--prebootcommandfile",
                commands(launch, "pre-boot", "tls").toString(),
                "--postbootcommandfile",
                commands(launch, "post-boot", "data-source").toString(),
                "--deploy",
                launch.war().toString(),
                "--contextroot",
                launch.contextRoot()));
        if (launch.extras().contains("tls")) {
            command.addAll(List.of("--sslport", launch.httpsPort()));
        }
        if (launch.extras().contains("data-source")) {
            command.addAll(List.of("--addlibs", launch.postgresqlDriver().toString()));
        }
        if (launch.redeployments() > 0) {
            command.addAll(
                    List.of("--postdeploycommandfile", redeployments(launch).toString()));
        }
        return command;
    }

    /** Payara Micro takes one file before its start and one after: with the extra, two files of ours are one. */
    private Path commands(Launch launch, String file, String extra) throws IOException {
        Path config = setup.serverConfig().resolve("payara");
        String commands = Files.readString(config.resolve(file + ".asadmin"));
        if (launch.extras().contains(extra)) {
            commands += Files.readString(config.resolve(extra + ".asadmin"));
        }
        return Files.writeString(launch.directory().resolve(file + ".asadmin"), commands);
    }

    /** Payara Micro takes commands at its start alone: it is there that the WAR goes off and on again. */
    private static Path redeployments(Launch launch) throws IOException {
        String once = "undeploy mcp-data-platform\ndeploy --name mcp-data-platform --contextroot "
                + launch.contextRoot() + " " + launch.war() + "\n";
        return Files.writeString(launch.directory().resolve("redeploy.asadmin"), once.repeat(launch.redeployments()));
    }

    @Override
    public void redeploy(Launch launch) {
        throw new UnsupportedOperationException("Payara Micro deploys at its start alone");
    }

    @Override
    public boolean redeploysWhileRunning() {
        return false;
    }

    @Override
    public boolean isStarted(Launch launch) {
        try {
            return launch.redeployments() == 0 || Files.readString(launch.log()).contains(") ready in ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path accessLogs(Launch launch) {
        return root(launch).resolve("logs");
    }

    /** What Payara Micro unpacks at every start, some 100 MB. */
    @Override
    public void tidy(Launch launch) throws IOException {
        Folders.delete(root(launch).resolve("runtime"));
    }

    private static Path root(Launch launch) {
        return launch.directory().resolve("payara");
    }
}
