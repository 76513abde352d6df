package io.mcpdata.container.server;

import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** WildFly: a fresh {@code standalone.xml}, changed by the CLI script, and the WAR in the deployments folder. */
final class WildFly implements ServerKind {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** By the extras: the configuration as the scripts leave it. A run of the CLI costs as much as half a start. */
    private static final Map<List<String>, Path> CONFIGURED = new ConcurrentHashMap<>();

    private final Setup setup;

    WildFly(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String name() {
        return "WildFly";
    }

    @Override
    public List<String> prepare(Launch launch) throws IOException {
        Path base = base(launch);
        if (Files.notExists(base)) {
            configure(launch, base);
        }
        return List.of(
                home().resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + launch.port(),
                "-Djboss.https.port=" + launch.httpsPort(),
                "-Djboss.management.http.port=" + FreePort.next());
    }

    private void configure(Launch launch, Path base) throws IOException {
        launch.requireNoLibraries();
        Files.createDirectories(base.resolve("deployments"));
        Folders.copy(configured(launch, launch.extras()), base.resolve("configuration"));
        if (launch.extras().contains("data-source")) {
            Files.copy(launch.postgresqlDriver(), base.resolve("deployments/postgresql.jar"));
        }
        Files.copy(launch.war(), base.resolve("deployments").resolve(deployment(launch)));
    }

    /** The configuration with these extras: that of all but the last one, and the script of the last one. */
    private Path configured(Launch launch, List<String> extras) throws IOException {
        Path known = CONFIGURED.get(extras);
        if (known != null) {
            return known;
        }
        int last = extras.size() - 1;
        Path before = extras.isEmpty()
                ? home().resolve("standalone/configuration")
                : configured(launch, extras.subList(0, last));
        Path made = setup.work()
                .resolve("configured")
                .resolve(String.join("-", extras))
                .resolve("standalone");
        Folders.freshCopy(before, made.resolve("configuration"));
        apply(extras.isEmpty() ? "platform" : extras.get(last), launch, made);
        CONFIGURED.put(extras, made.resolve("configuration"));
        return made.resolve("configuration");
    }

    /** The script waits for the server and forwards signals only if it is told to. */
    @Override
    public Map<String, String> environment(Launch launch) {
        return Map.of(
                "JAVA_HOME",
                launch.java().toString(),
                "JBOSS_JAVA_SIZING",
                String.join(" ", launch.jvmOptions()),
                "LAUNCH_JBOSS_IN_BACKGROUND",
                "true");
    }

    /** By the marker files of the deployment scanner. */
    @Override
    public void redeploy(Launch launch, ProcessHandle java) throws IOException {
        Path deployments = base(launch).resolve("deployments");
        Path deployed = deployments.resolve(deployment(launch) + ".deployed");
        Path undeployed = deployments.resolve(deployment(launch) + ".undeployed");
        Files.delete(deployed);
        Eventually.within(PATIENCE, "the WAR is off", () -> Files.exists(undeployed));
        Files.createFile(deployments.resolve(deployment(launch) + ".dodeploy"));
        Eventually.within(PATIENCE, "the WAR is on again", () -> Files.exists(deployed));
    }

    @Override
    public Path accessLogs(Launch launch) {
        return base(launch).resolve("log/access.log");
    }

    private void apply(String script, Launch launch, Path base) throws IOException {
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("JAVA_HOME", launch.java().toString());
        environment.put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djboss.server.base.dir=" + base);
        Command.run(
                launch.directory().resolve("cli-" + script + ".log"),
                environment,
                List.of(
                        home().resolve("bin/jboss-cli.sh").toString(),
                        "--file=" + setup.serverConfig().resolve("wildfly").resolve(script + ".cli")));
    }

    private Path home() throws IOException {
        return Folders.only(setup.servers(), "wildfly-");
    }

    private static Path base(Launch launch) {
        return launch.directory().resolve("standalone");
    }

    private static String deployment(Launch launch) {
        String root = launch.contextRoot().substring(1);
        return (root.isEmpty() ? "ROOT" : root) + ".war";
    }
}
