import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What authentication costs: the same endpoint of the same server, without it, with a key, with a token seen before and
 * with tokens never seen before. {@code /healthz} is public and {@code /healthz/} is not, although one method answers
 * both. This program is the issuer of bench/authentication.yaml, which the server must run with:
 *
 * <pre>
 * mvn -B -q package -DskipTests -Dquick
 * export MCP_API_KEY=$(bin/mcp-data-platform keygen --quiet) DATA_DIR=$(mktemp -d)
 * export PLATFORM_CONFIG=$PWD/bench/authentication.yaml
 * java -Xmx512m -jar target/servers/payara-micro.jar --nocluster --contextroot / \
 *   --prebootcommandfile server-config/payara/pre-boot.asadmin \
 *   --postdeploycommandfile server-config/payara/post-deploy.asadmin --deploy target/mcp-data-platform.war &amp;
 * java bench/Authentication.java http://127.0.0.1:8080 $! [rounds]
 * </pre>
 *
 * Figures of one machine and one moment: compare only what one run printed. The processor time of the server is the
 * steady one; its first round is to warm up and is not counted.
 */
final class Authentication {

    private static final int ISSUER_PORT = 18081;
    private static final String ISSUER = "http://127.0.0.1:" + ISSUER_PORT;
    private static final int CONNECTIONS = 16;
    private static final int REQUESTS = 24_000;
    /** Each of them needs a token of its own, and signing is dear. */
    private static final int UNSEEN = 3_200;

    private static final AtomicLong TOKENS = new AtomicLong();

    /** One way to ask; it says what to send as headers, for each request anew. */
    private record Way(String path, int requests, Supplier<List<String>> credentials) {}

    /** What one round of one way cost. */
    private record Cost(double cpuMicros, double perSecond) {}

    private final URI server;
    private final ProcessHandle process;
    private final ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS, work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });
    private final KeyPair rsa = pair("RSA");
    private final KeyPair ec = pair("EC");

    private Authentication(URI server, ProcessHandle process) {
        this.server = server;
        this.process = process;
    }

    public static void main(String[] args) throws Exception {
        String key = System.getenv("MCP_API_KEY");
        if (args.length < 2 || key == null || key.isEmpty()) {
            System.err.println(
                    "usage: MCP_API_KEY=<key> java bench/Authentication.java <url of the server> <its process id> [rounds]");
            System.exit(2);
        }
        ProcessHandle process = ProcessHandle.of(Long.parseLong(args[1])).orElseThrow();
        new Authentication(URI.create(args[0]), process).run(key, args.length > 2 ? Integer.parseInt(args[2]) : 5);
        System.exit(0);
    }

    private void run(String key, int rounds) throws Exception {
        beIssuer();
        String seen = token("RS256", rsa);
        awaitReady(seen);
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("no authentication", new Way("/healthz", REQUESTS, () -> repeat("", REQUESTS)));
        ways.put("API key", new Way("/healthz/", REQUESTS, () -> repeat(bearer(key), REQUESTS)));
        ways.put("token seen before", new Way("/healthz/", REQUESTS, () -> repeat(bearer(seen), REQUESTS)));
        ways.put("token never seen, RS256", new Way("/healthz/", UNSEEN, () -> unseen("RS256", rsa)));
        ways.put("token never seen, ES256", new Way("/healthz/", UNSEEN, () -> unseen("ES256", ec)));
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                List<String> credentials = way.getValue().credentials().get();
                Cost cost = measured(way.getValue(), credentials);
                if (round > 0) {
                    costs.computeIfAbsent(way.getKey(), any -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
        print(costs);
    }

    private static void print(Map<String, List<Cost>> costs) {
        double[] base = new double[1];
        costs.forEach((name, list) -> {
            double cpu = median(list.stream().mapToDouble(Cost::cpuMicros).toArray());
            double rate = median(list.stream().mapToDouble(Cost::perSecond).toArray());
            base[0] = base[0] == 0 ? cpu : base[0];
            System.out.printf(
                    "%-26s server cpu %7.1f us/request   ratio %5.2f   %7.0f requests/s   (median of %d rounds)%n",
                    name, cpu, cpu / base[0], rate, list.size());
        });
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private Cost measured(Way way, List<String> credentials) throws Exception {
        List<Callable<Void>> parts = new ArrayList<>();
        int each = way.requests() / CONNECTIONS;
        for (int i = 0; i < CONNECTIONS; i++) {
            List<String> own = credentials.subList(i * each, (i + 1) * each);
            parts.add(() -> ask(way.path(), own));
        }
        Duration before = cpu();
        long begin = System.nanoTime();
        for (Future<Void> part : clients.invokeAll(parts)) {
            part.get();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double micros = cpu().minus(before).toNanos() / 1e3;
        int requests = each * CONNECTIONS;
        return new Cost(micros / requests, requests / seconds);
    }

    private Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** One connection at a time, one request after the other; anything but 200 ends the run. */
    private Void ask(String path, List<String> credentials) throws IOException {
        int next = 0;
        while (next < credentials.size()) {
            next = askOnOneConnection(path, credentials, next);
        }
        return null;
    }

    /** Gives the index of the first request that was not sent: servers close a connection after so many. */
    private int askOnOneConnection(String path, List<String> credentials, int first) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = first; i < credentials.size(); i++) {
                String request = "GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
                        + credentials.get(i) + "\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                Answer answer = answer(in);
                if (answer.status() != 200) {
                    throw new IOException(path + " gave " + answer.status());
                }
                if (answer.last()) {
                    return i + 1;
                }
            }
        }
        return credentials.size();
    }

    /** @param last whether the server closes the connection behind it */
    private record Answer(int status, boolean last) {}

    private static Answer answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = -1;
        boolean last = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            last |= header.toLowerCase(Locale.ROOT).matches("connection: *close");
        }
        if (length < 0) {
            for (int chunk = chunk(in); chunk > 0; chunk = chunk(in)) {
                in.readNBytes(chunk);
                line(in);
            }
            line(in);
        } else {
            in.readNBytes(length);
        }
        return new Answer(status, last);
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).replaceAll(";.*", "").strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** The issuer's keys are asked for every few seconds, and the two addresses must be what they are taken for. */
    private void awaitReady(String token) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (status("/healthz/", bearer(token)) != 200) {
            if (System.nanoTime() > end) {
                throw new IOException("the server lets no token of this program in: does it run with"
                        + " bench/authentication.yaml?");
            }
            Thread.sleep(1000);
        }
        if (status("/healthz", "") != 200 || status("/healthz/", "") != 401) {
            throw new IOException("/healthz must be public and /healthz/ must not");
        }
    }

    private int status(String path, String credential) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n" + credential
                    + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return answer(new BufferedInputStream(socket.getInputStream())).status();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static List<String> repeat(String credential, int times) {
        return java.util.Collections.nCopies(times, credential);
    }

    private static String bearer(String credential) {
        return "Authorization: Bearer " + credential + "\r\n";
    }

    private List<String> unseen(String algorithm, KeyPair pair) {
        List<String> credentials = new ArrayList<>();
        for (int i = 0; i < UNSEEN; i++) {
            credentials.add(bearer(token(algorithm, pair)));
        }
        return credentials;
    }

    private void beIssuer() throws IOException {
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ISSUER_PORT), 0);
        serve(
                issuer,
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"" + ISSUER + "/keys\"}");
        RSAPublicKey first = (RSAPublicKey) rsa.getPublic();
        ECPublicKey second = (ECPublicKey) ec.getPublic();
        serve(
                issuer,
                "/keys",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"RS256\",\"n\":\"" + number(first.getModulus(), 256)
                        + "\",\"e\":\"AQAB\"},{\"kty\":\"EC\",\"kid\":\"ES256\",\"crv\":\"P-256\",\"x\":\""
                        + number(second.getW().getAffineX(), 32) + "\",\"y\":\""
                        + number(second.getW().getAffineY(), 32) + "\"}]}");
        issuer.start();
    }

    private static void serve(HttpServer issuer, String path, String json) {
        issuer.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String token(String algorithm, KeyPair pair) {
        long now = Instant.now().getEpochSecond();
        String signed =
                encoded("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + algorithm + "\",\"typ\":\"at+jwt\"}") + "."
                        + encoded("{\"iss\":\"" + ISSUER
                                + "\",\"sub\":\"bench\",\"aud\":\"bench\",\"groups\":[\"admin\"],\"iat\":" + now
                                + ",\"exp\":" + (now + 3600) + ",\"jti\":\"" + TOKENS.incrementAndGet() + "\"}");
        try {
            Signature signature =
                    Signature.getInstance(algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String number(BigInteger number, int bytes) {
        byte[] all = number.toByteArray();
        byte[] fixed = new byte[bytes];
        int length = Math.min(all.length, bytes);
        System.arraycopy(all, all.length - length, fixed, bytes - length, length);
        return encoded(fixed);
    }

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
