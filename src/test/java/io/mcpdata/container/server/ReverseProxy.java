package io.mcpdata.container.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** nginx or HAProxy with the recipe of docs/deploy, in front of a port of this machine, with a certificate of its own. */
public final class ReverseProxy implements AutoCloseable {

    /** The name that the recipes are for. */
    public static final String HOST = "mcp.example.com";

    private static final Path RECIPES = Path.of("docs", "deploy");
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    /** A program, and how to start it in the foreground with a configuration. */
    public enum Kind {
        NGINX("/usr/sbin/nginx", "nginx.conf"),
        HAPROXY("/usr/sbin/haproxy", "haproxy.cfg");

        private final Path program;
        private final String recipe;

        Kind(String program, String recipe) {
            this.program = Path.of(program);
            this.recipe = recipe;
        }

        public boolean isInstalled() {
            return Files.isExecutable(program);
        }
    }

    private final Path folder;
    private final int port;
    private final Process process;

    private ReverseProxy(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** @param target the port of the platform, or one where nothing listens */
    public static ReverseProxy start(Kind kind, int target) {
        return start(kind, kind.recipe, HOST, Map.of("127.0.0.1:8080", target));
    }

    /**
     * With the recipe for two servers, under the name localhost.
     *
     * @param first the port of the server {@code platform-1}
     * @param second the port of the server {@code platform-2}
     */
    static ReverseProxy start(Kind kind, int first, int second) {
        return start(
                kind,
                kind.recipe.replace(".", "-replicas."),
                "localhost",
                Map.of("10.0.0.1:8080", first, "10.0.0.2:8080", second));
    }

    private static ReverseProxy start(Kind kind, String recipe, String host, Map<String, Integer> targets) {
        try {
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(Setup.fromMaven().work().toAbsolutePath()), "proxy");
            certificate(folder, host);
            int port = FreePort.next();
            String lines = configuration(kind, recipe, folder, port, targets).replace(HOST, host);
            Path configuration = Files.writeString(folder.resolve(recipe), lines);
            List<String> command = kind == Kind.NGINX
                    ? List.of(
                            kind.program.toString(),
                            "-e",
                            folder.resolve("start.log").toString(),
                            "-c",
                            configuration.toString())
                    : List.of(kind.program.toString(), "-db", "-f", configuration.toString());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            ReverseProxy proxy = new ReverseProxy(folder, port, process);
            Eventually.within(LONGEST_START, kind + " listens: " + proxy.log(), proxy::listens);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recipe with the port and the files of the test; every other line is as the operator has it. */
    private static String configuration(Kind kind, String name, Path folder, int port, Map<String, Integer> targets)
            throws IOException {
        String recipe = Files.readString(RECIPES.resolve(name));
        Map<String, String> changes = new HashMap<>(
                kind == Kind.NGINX
                        ? Map.of(
                                "listen 443 ssl",
                                "listen 127.0.0.1:" + port + " ssl",
                                "/etc/nginx/tls/" + HOST + ".pem",
                                folder.resolve("tls.pem").toString(),
                                "/etc/nginx/tls/" + HOST + ".key",
                                folder.resolve("tls.key").toString(),
                                "/var/log/nginx/",
                                folder + "/")
                        : Map.of(
                                "bind :443",
                                "bind 127.0.0.1:" + port,
                                "/etc/haproxy/tls/" + HOST + ".pem",
                                folder.resolve("both.pem").toString(),
                                "    user haproxy\n    group haproxy\n",
                                ""));
        targets.forEach((address, target) -> changes.put(address, "127.0.0.1:" + target));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (!recipe.contains(change.getKey())) {
                throw new AssertionError(name + " has no " + change.getKey());
            }
            recipe = recipe.replace(change.getKey(), change.getValue());
        }
        return kind == Kind.NGINX
                ? "daemon off;\nmaster_process off;\npid " + folder + "/pid;\nevents {}\nhttp {\n" + paths(folder)
                        + recipe + "}\n"
                : recipe;
    }

    /** Directories that nginx otherwise creates where only its own account may write. */
    private static String paths(Path folder) {
        StringBuilder paths = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append(kind)
                    .append("_temp_path ")
                    .append(folder)
                    .append('/')
                    .append(kind)
                    .append(";\n");
        }
        return paths.toString();
    }

    private static void certificate(Path folder, String host) throws IOException {
        Command.run(
                folder.resolve("openssl.log"),
                Map.of(),
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + host,
                        "-addext",
                        "subjectAltName=DNS:" + host,
                        "-keyout",
                        folder.resolve("tls.key").toString(),
                        "-out",
                        folder.resolve("tls.pem").toString()));
        Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("tls.pem")) + Files.readString(folder.resolve("tls.key")));
    }

    /** The command line of a client that resolves the name of the recipe to the proxy and trusts its certificate. */
    public List<String> curl(String path, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "-N",
                "--max-time",
                "20",
                "--cacert",
                folder.resolve("tls.pem").toString(),
                "--resolve",
                HOST + ":" + port + ":127.0.0.1"));
        command.addAll(arguments);
        command.add("https://" + HOST + ":" + port + path);
        return command;
    }

    /** What the proxy answers to these very bytes until it closes the connection. */
    public String raw(String bytes) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        "timeout",
                        "20",
                        "openssl",
                        "s_client",
                        "-quiet",
                        "-connect",
                        "127.0.0.1:" + port,
                        "-servername",
                        HOST)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        client.getOutputStream().flush();
        String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        client.waitFor();
        return answer;
    }

    int port() {
        return port;
    }

    /** Trusts the certificate of this proxy and no other. */
    SSLContext trust() {
        try (InputStream pem = Files.newInputStream(folder.resolve("tls.pem"))) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "proxy", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that the proxy has written. */
    public String log() {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                all.append(new String(Files.readAllBytes(file), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
