import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * What a call costs the server: processor time, allocation, p50 and p99, as ratios to floors in the same JVM. Compiles the
 * floors in bench/floor, starts the server with them and the platform, and alternates the ways in rounds:
 *
 * <pre>
 * mvn -B -q package -DskipTests -Dquick; mvn -B -q -Pwildfly dependency:unpack@wildfly
 * mvn -B -q -Pliberty dependency:unpack@liberty
 * java bench/CallCost.java payara|wildfly|liberty [--warmup=60] [--seconds=20] [--rounds=3] [--ways=TEXT,TEXT]
 * </pre>
 *
 * Needs Linux. The time of the JIT compiler and of the garbage collector is not counted with a call: it is printed beside it.
 * Compare only what one run printed.
 */
final class CallCost {

    private static final int CONNECTIONS = 16;
    private static final String FLOOR = "JAX-RS @RolesAllowed";
    private static final String KEY = "bench-" + Long.toHexString(System.nanoTime()) + "-0123456789abcdef0123456789";
    private static final String OFF = "enabled: false";
    private static final String BATCHED = "mode: batched";
    private static final String STRICT = "mode: strict";
    private static final String INFO = "\"name\":\"platform_info\",\"arguments\":{}";

    /** A thread that ends takes its time with it, and the process keeps it: the compiler would count as calls. */
    private static final String COMPILER_THREADS_STAY =
            "-XX:-UseDynamicNumberOfCompilerThreads -XX:-UseDynamicNumberOfGCThreads";

    /** One way to ask; a request is the bytes of a whole HTTP request, by its number. */
    private record Way(String name, String audit, String expected, IntFunction<byte[]> request) {}

    /** What the server has used: seconds of processor time, and bytes. */
    private record Used(double all, double compiler, double collector, double bytes) {

        Used minus(Used earlier) {
            return new Used(
                    all - earlier.all,
                    compiler - earlier.compiler,
                    collector - earlier.collector,
                    bytes - earlier.bytes);
        }
    }

    /** What the rounds of a way gave; each time in nanoseconds. */
    private static final class Result {
        private final List<Double> micros = new ArrayList<>();
        private final List<Double> overhead = new ArrayList<>();
        private final List<Double> kilobytes = new ArrayList<>();
        private final List<Double> sent = new ArrayList<>();
        private final List<long[]> times = new ArrayList<>();

        double cpu() {
            return median(micros);
        }
    }

    private final Path directory = Files.createTempDirectory("call-cost");
    private final Path configuration = directory.resolve("platform.yaml");
    private final int port = freePort();
    private final ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    private final Map<String, String> options =
            new LinkedHashMap<>(Map.of("warmup", "60", "seconds", "20", "rounds", "3", "ways", ""));
    private Process server;
    private String audit = BATCHED;
    private String session = "";

    private CallCost() throws IOException {}

    public static void main(String[] args) throws Exception {
        CallCost bench = new CallCost();
        if (args.length < 1 || !List.of("payara", "wildfly", "liberty").contains(args[0])) {
            System.err.println("usage: java bench/CallCost.java payara|wildfly|liberty [--warmup=60] [--seconds=20]"
                    + " [--rounds=3] [--ways=TEXT,TEXT]");
            System.exit(2);
        }
        for (String option : Arrays.asList(args).subList(1, args.length)) {
            String[] parts = option.replaceFirst("^--", "").split("=", 2);
            bench.options.put(parts[0], parts[1]);
        }
        int status = 1;
        try {
            bench.start(args[0]);
            bench.run(args[0]);
            status = 0;
        } finally {
            bench.stop();
        }
        System.exit(status);
    }

    private List<Way> ways() {
        String query = "\"name\":\"sql_query\",\"arguments\":{\"connection\":\"warehouse\",\"sql\":\"%s\"}";
        String one = query.formatted("SELECT COUNT(*) AS n FROM products");
        String rows = query.formatted("SELECT x, x * 2 AS y, 'row ' || x AS z FROM SYSTEM_RANGE(1, 10000)");
        List<Way> ways = new ArrayList<>();
        ways.add(new Way(
                "bare servlet", BATCHED, "\"result\"", i -> post("/floor-open/servlet", "", rpc(i, "echo", INFO))));
        ways.add(new Way(
                "bare JAX-RS", BATCHED, "\"result\"", i -> post("/floor-open/rest/echo", "", rpc(i, "echo", INFO))));
        ways.add(
                new Way(FLOOR, BATCHED, "\"result\"", i -> post("/floor-secured/rest/echo", "", rpc(i, "echo", INFO))));
        ways.add(new Way("whoami", BATCHED, "\"persona\"", i -> get("/api/v1/whoami")));
        for (String mode : List.of(OFF, BATCHED, STRICT)) {
            String name = "tools/call, audit " + mode.replaceAll(".*: ", "").replace("false", "off");
            ways.add(new Way(name, mode, "\"result\"", i -> stateless(i, "tools/call", "platform_info", INFO)));
        }
        ways.add(new Way("tools/call in a session", BATCHED, "\"result\"", i -> inSession(rpc(i, "tools/call", INFO))));
        ways.add(new Way("tools/list", BATCHED, "\"tools\"", i -> stateless(i, "tools/list", "", "")));
        ways.add(new Way("sql_query, 1 row", BATCHED, "\"result\"", i -> stateless(i, "tools/call", "sql_query", one)));
        ways.add(new Way(
                "sql_query, 10,000 rows", BATCHED, "row 10000", i -> stateless(i, "tools/call", "sql_query", rows)));
        List<String> wanted = List.of(options.get("ways").split(","));
        ways.removeIf(way -> !way.name().equals(FLOOR) && wanted.stream().noneMatch(way.name()::contains));
        return ways;
    }

    private void run(String kind) throws Exception {
        session = openSession();
        Map<Way, Result> results = new LinkedHashMap<>();
        for (Way way : ways()) {
            configure(way.audit());
            ask(way, Double.parseDouble(options.get("warmup")), new Result());
            results.put(way, new Result());
        }
        for (int round = 0; round < Integer.parseInt(options.get("rounds")); round++) {
            for (Map.Entry<Way, Result> each : results.entrySet()) {
                configure(each.getKey().audit());
                ask(each.getKey(), Double.parseDouble(options.get("seconds")), each.getValue());
            }
        }
        double floor = results.entrySet().stream()
                .filter(each -> each.getKey().name().equals(FLOOR))
                .findFirst()
                .orElseThrow()
                .getValue()
                .cpu();
        System.out.printf(
                Locale.ROOT,
                "%n%-28s %9s %7s %9s %9s %9s %9s %9s%n",
                kind,
                "CPU us",
                "ratio",
                "JIT+GC us",
                "kB alloc",
                "B out/us",
                "p50 us",
                "p99 us");
        results.forEach((way, result) -> {
            long[] times =
                    result.times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %9.0f %7.2f %9.0f %9.1f %9.1f %9d %9d%n",
                    way.name(),
                    result.cpu(),
                    result.cpu() / floor,
                    median(result.overhead),
                    median(result.kilobytes),
                    median(result.sent) / result.cpu(),
                    times[times.length / 2] / 1000,
                    times[times.length * 99 / 100] / 1000);
        });
    }

    private void ask(Way way, double seconds, Result into) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        AtomicInteger numbers = new AtomicInteger();
        Used before = used();
        List<Callable<List<Long>>> parts = new ArrayList<>();
        long[] bytes = new long[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            int part = i;
            parts.add(() -> {
                List<Long> times = new ArrayList<>();
                try (Connection connection = new Connection()) {
                    while (System.nanoTime() < end) {
                        long begin = System.nanoTime();
                        String answer = connection.ask(way.request().apply(numbers.incrementAndGet()));
                        times.add(System.nanoTime() - begin);
                        bytes[part] += answer.length();
                        if (!answer.contains(way.expected()) || answer.contains("\"isError\":true")) {
                            throw new IOException(way.name() + " gave " + answer);
                        }
                    }
                }
                return times;
            });
        }
        List<Long> times = new ArrayList<>();
        for (var part : clients.invokeAll(parts)) {
            times.addAll(part.get());
        }
        // what the calls left to do belongs to them
        Thread.sleep(300);
        Used cost = used().minus(before);
        int calls = times.size();
        into.micros.add((cost.all - cost.compiler - cost.collector) * 1e6 / calls);
        into.overhead.add((cost.compiler + cost.collector) * 1e6 / calls);
        into.kilobytes.add(cost.bytes / 1e3 / calls);
        into.sent.add((double) Arrays.stream(bytes).sum() / calls);
        into.times.add(times.stream().mapToLong(Long::longValue).toArray());
        System.err.printf(
                Locale.ROOT, "%s: %d calls, %.0f us%n", way.name(), calls, into.micros.get(into.micros.size() - 1));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    // ---- requests

    private static String rpc(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    }

    private byte[] stateless(int id, String method, String name, String params) {
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
        String headers = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: " + method + "\r\n"
                + (name.isEmpty() ? "" : "Mcp-Name: " + name + "\r\n");
        return post("/mcp", headers, rpc(id, method, params.isEmpty() ? meta : params + "," + meta));
    }

    private byte[] inSession(String message) {
        return post("/mcp", "Mcp-Session-Id: " + session + "\r\nMCP-Protocol-Version: 2025-11-25\r\n", message);
    }

    private String openSession() throws IOException {
        String initialize = rpc(
                0,
                "initialize",
                "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}");
        try (Connection connection = new Connection()) {
            connection.ask(post("/mcp", "", initialize));
            String id = connection.header("mcp-session-id");
            session = id;
            connection.ask(inSession("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"));
            return id;
        }
    }

    private byte[] post(String path, String headers, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + KEY
                        + "\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
                        + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + KEY
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** An HTTP/1.1 connection that stays open, or is opened again where the server closes it. */
    private final class Connection implements AutoCloseable {

        private final Map<String, String> headers = new LinkedHashMap<>();
        private Socket socket;
        private InputStream in;

        Connection() throws IOException {
            open();
        }

        private void open() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            in = new BufferedInputStream(socket.getInputStream(), 65_536);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The status and the body of the answer. */
        String ask(byte[] request) throws IOException {
            // Payara closes a connection after 256 requests
            if (header("connection").equals("close")) {
                socket.close();
                open();
            }
            socket.getOutputStream().write(request);
            String status = line();
            headers.clear();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            StringBuilder body = new StringBuilder(status);
            if (header("transfer-encoding").equals("chunked")) {
                for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                    body.append(text(size));
                    line();
                }
                line();
            } else if (!header("content-length").isEmpty()) {
                body.append(text(Integer.parseInt(header("content-length"))));
            }
            return body.toString();
        }

        private String text(int size) throws IOException {
            return new String(in.readNBytes(size), StandardCharsets.ISO_8859_1);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the server closed the connection after '" + line + "'");
                }
                line.append((char) c);
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    // ---- the server

    private void configure(String mode) throws IOException, InterruptedException {
        if (mode.equals(audit)) {
            return;
        }
        write(mode);
        audit = mode;
        Thread.sleep(5_000);
    }

    private void write(String mode) throws IOException {
        Path next = Files.writeString(directory.resolve("next.yaml"), """
                server: {data_dir: %s/data}
                auth:
                  api_keys:
                    enabled: true
                    keys:
                      - {key: "%s", name: bench, roles: [admin]}
                audit: {%s}
                limits: {calls_per_caller: 100, streams_per_caller: 100}
                connections:
                  warehouse: {demo: retail, max_rows: 10000}
                """.formatted(directory, KEY, mode));
        Files.move(next, configuration, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void start(String kind) throws Exception {
        write(audit);
        Path war = Path.of("target/mcp-data-platform.war").toAbsolutePath();
        List<Path> floors = List.of(floor("open"), floor("secured"));
        Path servers = Path.of("target/servers").toAbsolutePath();
        List<String> command = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "PLATFORM_CONFIG",
                configuration.toString(),
                "MCP_API_KEY",
                KEY,
                "HTTP_PORT",
                String.valueOf(port),
                "JDK_JAVA_OPTIONS",
                COMPILER_THREADS_STAY));
        if (kind.equals("payara")) {
            command.addAll(List.of(
                    "java",
                    "-Xmx512m",
                    "-jar",
                    servers.resolve("payara-micro.jar").toString(),
                    "--nocluster"));
            command.addAll(List.of(
                    "--port",
                    String.valueOf(port),
                    "--rootdir",
                    directory.resolve("payara").toString()));
            command.addAll(List.of("--prebootcommandfile", "server-config/payara/pre-boot.asadmin"));
            command.addAll(List.of("--postbootcommandfile", "server-config/payara/post-boot.asadmin"));
            command.addAll(List.of("--postdeploycommandfile", "server-config/payara/post-deploy.asadmin"));
            command.addAll(List.of("--deploy", war.toString(), "--contextroot", "/"));
            floors.forEach(floor -> command.addAll(List.of("--deploy", floor.toString())));
        } else if (kind.equals("wildfly")) {
            Path home = only(servers, "wildfly-");
            Path base = directory.resolve("standalone");
            copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
            Path deployments = Files.createDirectories(base.resolve("deployments"));
            environment.put("JAVA_OPTS", "-Djboss.server.base.dir=" + base);
            runScript(environment, home.resolve("bin/jboss-cli.sh") + "", "--file=server-config/wildfly/platform.cli");
            environment.remove("JAVA_OPTS");
            environment.put("JBOSS_JAVA_SIZING", "-Xmx512m");
            Files.copy(war, deployments.resolve("ROOT.war"));
            for (Path floor : floors) {
                Files.copy(floor, deployments.resolve(floor.getFileName()));
            }
            command.addAll(List.of(home.resolve("bin/standalone.sh").toString(), "-Djboss.server.base.dir=" + base));
            command.addAll(List.of("-Djboss.http.port=" + port, "-Djboss.management.http.port=" + freePort()));
        } else {
            Path defined = directory.resolve("usr/servers/bench");
            copy(Path.of("server-config/liberty"), defined);
            Files.delete(defined.resolve("tls.xml"));
            Files.delete(defined.resolve("data-source.xml"));
            Files.createDirectories(defined.resolve("apps"));
            Files.copy(war, defined.resolve("apps/mcp-data-platform.war"));
            StringBuilder more = new StringBuilder("<server>");
            for (Path floor : floors) {
                String name = floor.getFileName().toString();
                Files.copy(floor, defined.resolve("apps").resolve(name));
                more.append(
                        "<webApplication location='%s' contextRoot='/%s'/>".formatted(name, name.replace(".war", "")));
            }
            Files.createDirectories(defined.resolve("configDropins/overrides"));
            Files.writeString(defined.resolve("configDropins/overrides/floors.xml"), more.append("</server>"));
            environment.put("WLP_USER_DIR", directory.resolve("usr").toString());
            command.addAll(List.of(servers.resolve("wlp/bin/server").toString(), "run", "bench"));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        server =
                builder.redirectOutput(directory.resolve("server.log").toFile()).start();
        awaitAnswers();
    }

    private void awaitAnswers() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
        List<byte[]> questions = List.of(
                get("/api/v1/whoami"),
                post("/floor-open/rest/echo", "", rpc(1, "echo", "")),
                post("/floor-secured/rest/echo", "", rpc(1, "echo", "")));
        while (true) {
            String last;
            try (Connection connection = new Connection()) {
                List<String> answers = new ArrayList<>();
                for (byte[] question : questions) {
                    answers.add(connection.ask(question));
                }
                if (answers.stream().allMatch(answer -> answer.startsWith("HTTP/1.1 200"))) {
                    return;
                }
                last = answers.toString();
            } catch (IOException | NumberFormatException e) {
                last = e.toString();
            }
            if (System.nanoTime() > end || !server.isAlive()) {
                throw new IOException(
                        "the server does not answer: " + last + "; its log is " + directory.resolve("server.log"));
            }
            Thread.sleep(500);
        }
    }

    private void stop() throws Exception {
        clients.shutdownNow();
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
            server.waitFor(60, TimeUnit.SECONDS);
        }
    }

    /** A WAR from the sources in bench/floor. */
    private Path floor(String name) throws IOException {
        Path classes = Files.createDirectories(directory.resolve(name));
        Path api = Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"))
                .resolve("jakarta/platform/jakarta.jakartaee-api/10.0.0/jakarta.jakartaee-api-10.0.0.jar");
        List<String> arguments =
                new ArrayList<>(List.of("--release", "17", "-cp", api.toString(), "-d", classes.toString()));
        try (Stream<Path> sources = Files.list(Path.of("bench/floor").resolve(name))) {
            Stream.concat(sources, Stream.of(Path.of("bench/floor/Echo.java")))
                    .map(Path::toString)
                    .forEach(arguments::add);
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("bench/floor/" + name + " does not compile");
        }
        Path war = directory.resolve("floor-" + name + ".war");
        String descriptor =
                "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'><context-param><param-name>"
                        + "resteasy.role.based.security</param-name><param-value>true</param-value></context-param></web-app>";
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war));
                Stream<Path> files = Files.list(classes)) {
            out.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
            out.write(descriptor.getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("WEB-INF/beans.xml"));
            for (Path file : files.toList()) {
                out.putNextEntry(new ZipEntry("WEB-INF/classes/" + file.getFileName()));
                Files.copy(file, out);
            }
        }
        return war;
    }

    private void runScript(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        File log = directory.resolve("script.log").toFile();
        if (builder.redirectOutput(log).start().waitFor() != 0) {
            throw new IOException(Files.readString(log.toPath()));
        }
    }

    private static Path only(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + prefix + "* in " + folder));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // ---- what the server has used

    private Used used() throws IOException {
        long pid = Stream.concat(Stream.of(server.toHandle()), server.descendants())
                .max(Comparator.comparing(
                        process -> process.info().totalCpuDuration().orElseThrow()))
                .orElseThrow()
                .pid();
        Path process = Path.of("/proc", String.valueOf(pid));
        double compiler = 0;
        double collector = 0;
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            for (Path thread : threads.toList()) {
                try {
                    String name = Files.readString(thread.resolve("comm"));
                    if (name.matches("(?s)C[12] CompilerThre.*")) {
                        compiler += seconds(thread);
                    } else if (name.matches("(?s)(GC Thread|G1 |Gang worker).*")) {
                        collector += seconds(thread);
                    }
                } catch (IOException threadHasEnded) {
                    // threads of the compiler and the collector do not end: see COMPILER_THREADS_STAY
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        try (Connection connection = new Connection()) {
            String allocated = connection.ask(get("/floor-open/servlet")).replaceFirst("HTTP/1.1 200( OK)?", "");
            return new Used(seconds(process), compiler, collector, Double.parseDouble(allocated.strip()));
        }
    }

    /** User and system time, in ticks of 10 ms. */
    private static double seconds(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }
}
