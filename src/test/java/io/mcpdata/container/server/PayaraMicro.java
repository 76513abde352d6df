package io.mcpdata.container.server;

import java.io.IOException;
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
        Files.createDirectories(accessLogs(launch));
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
                setup.serverConfig().resolve("payara/pre-boot.asadmin").toString(),
                "--accesslog",
                accessLogs(launch).toString(),
                "--accesslogformat",
                "%client.name% %datetime% %http-method% %http-uri% %status% %response.length%",
                "--deploy",
                launch.war().toString(),
                "--contextroot",
                launch.contextRoot()));
        return command;
    }

    @Override
    public Path accessLogs(Launch launch) {
        return launch.directory().resolve("access");
    }
}
