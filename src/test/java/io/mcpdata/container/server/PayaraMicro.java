package io.mcpdata.container.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Payara Micro: one jar, the WAR as an argument. */
final class PayaraMicro implements ServerKind {

    private static final String JSON_LOG = "json-log";

    private final Setup setup;
    private final String jar;
    private final List<String> options;

    private PayaraMicro(Setup setup, String jar, List<String> options) {
        this.setup = setup;
        this.jar = jar;
        this.options = options;
    }

    static PayaraMicro six(Setup setup) {
        return new PayaraMicro(setup, "payara-micro.jar", List.of());
    }

    /** With the option that the guide names for Payara 7. */
    static PayaraMicro seven(Setup setup) {
        return new PayaraMicro(
                setup, "payara-micro-7.jar", List.of("-Dorg.glassfish.startupThreadPolicy=USE_NO_THREADS"));
    }

    @Override
    public String name() {
        return "Payara Micro";
    }

    @Override
    public List<String> prepare(Launch launch) throws IOException {
        // as the guide says before each start
        Folders.delete(root(launch).resolve("config"));
        List<String> command =
                new ArrayList<>(List.of(launch.java().resolve("bin/java").toString()));
        command.addAll(launch.jvmOptions());
        command.addAll(options);
        command.addAll(List.of(
                "-jar",
                setup.servers().resolve(jar).toString(),
                "--nocluster",
                "--port",
                String.valueOf(launch.port()),
                "--rootdir",
                root(launch).toString(),
                "--prebootcommandfile",
                commands(launch, "pre-boot", Map.of("tls", "tls")).toString(),
                "--postbootcommandfile",
                commands(launch, "post-boot", Map.of("data-source", "data-source"))
                        .toString(),
                "--postdeploycommandfile",
                commands(launch, "post-deploy", Map.of("tls", "tls-post-deploy"))
                        .toString(),
                "--deploy",
                launch.war().toString(),
                "--contextroot",
                launch.contextRoot()));
        if (launch.extras().contains(JSON_LOG)) {
            command.addAll(List.of(
                    "--logproperties",
                    config().resolve(JSON_LOG + ".properties").toString()));
        }
        List<String> libraries =
                new ArrayList<>(launch.libraries().stream().map(Path::toString).toList());
        if (launch.extras().contains("data-source")) {
            libraries.add(launch.postgresqlDriver().toString());
        }
        if (!libraries.isEmpty()) {
            command.addAll(List.of("--addlibs", String.join(File.pathSeparator, libraries)));
        }
        return command;
    }

    /**
     * Payara Micro takes one file for each moment of its start: with extras, several files of ours are one.
     *
     * @param additions by the extra: the file that it adds
     */
    private Path commands(Launch launch, String file, Map<String, String> additions) throws IOException {
        String commands = Files.readString(config().resolve(file + ".asadmin"));
        for (String extra : launch.extras()) {
            if (additions.containsKey(extra)) {
                commands += Files.readString(config().resolve(additions.get(extra) + ".asadmin"));
            }
        }
        if (launch.extras().contains(JSON_LOG)) {
            commands = commands.replaceAll("(?m)^set-log-levels .*", "");
        }
        return Files.writeString(launch.directory().resolve(file + ".asadmin"), commands);
    }

    private Path config() {
        return setup.serverConfig().resolve("payara");
    }

    /**
     * From inside the JVM: Payara Micro takes commands only at its start, and later only calls from its own process.
     */
    @Override
    public void redeploy(Launch launch, ProcessHandle java) throws IOException {
        PayaraAgent.redeploy(java, launch.directory(), launch.war(), launch.contextRoot());
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
