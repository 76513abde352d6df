package io.mcpdata.container.sso;

import io.mcpdata.testing.FreePort;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keycloak with the realm that we ship, as an operator would start it for a trial: on the loopback address, in memory. */
final class Keycloak implements AutoCloseable {

    static final String REALM = "data";
    private static final Duration LONGEST_START = Duration.ofMinutes(6);
    private static final String REDIRECT = "http://127.0.0.1/callback";
    private static final Pattern LOGIN_FORM = Pattern.compile("action=\"([^\"]+)\"");

    private final Process process;
    private final Path log;
    private final String base;
    private final String adminPassword = random();
    /** Of the newest signing key; the first is the one that the realm was made with. */
    private int priority = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** What a person's login gives. */
    record Login(String accessToken, String refreshToken) {}

    private Keycloak(Path home, Path realm) throws IOException {
        int port = FreePort.next();
        base = "http://127.0.0.1:" + port;
        Files.createDirectories(home.resolve("data/import"));
        Files.copy(
                realm, home.resolve("data/import").resolve(realm.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        log = home.resolve("keycloak.log");
        ProcessBuilder command = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--db=dev-mem",
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS_KC_HEAP",
                        "-Xms64m -Xmx400m -XX:TieredStopAtLevel=1",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        adminPassword));
        process = command.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts it from an unpacked distribution and returns when the realm is there. */
    static Keycloak start(Path home, Path realm) {
        try {
            Keycloak keycloak = new Keycloak(home, realm);
            keycloak.awaitRealm();
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return base + "/realms/" + REALM;
    }

    /** A token of the service, by client credentials. */
    String serviceToken() {
        JsonValue client = admin("GET", "/clients?clientId=mcp-data-platform-service", "")
                .asJsonArray()
                .get(0);
        String id = client.asJsonObject().getString("id");
        String secret = admin("GET", "/clients/" + id + "/client-secret", "")
                .asJsonObject()
                .getString("value");
        return token(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "mcp-data-platform-service",
                        "client_secret", secret))
                .getString("access_token");
    }

    /** A person with one realm role; gives the password. */
    String person(String name, String role) {
        String password = random();
        admin(
                "POST",
                "/users",
                Json.createObjectBuilder()
                        .add("username", name)
                        .add("email", name + "@example.com")
                        .add("emailVerified", true)
                        .add("firstName", name)
                        .add("lastName", "Tester")
                        .add("enabled", true)
                        .add(
                                "credentials",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("type", "password")
                                                .add("value", password)
                                                .add("temporary", false)))
                        .build()
                        .toString());
        JsonArray roles = Json.createArrayBuilder()
                .add(admin("GET", "/roles/" + role, ""))
                .build();
        admin("POST", "/users/" + userId(name) + "/role-mappings/realm", roles.toString());
        return password;
    }

    void disable(String name) {
        admin("PUT", "/users/" + userId(name), "{\"enabled\":false}");
    }

    /** How long access tokens live from now on. */
    void setTokenLife(Duration life) {
        admin("PUT", "", "{\"accessTokenLifespan\":" + life.toSeconds() + "}");
    }

    /** A new signing key comes first; the one before goes on being published. */
    void rotateKeys() {
        String realmId = admin("GET", "", "").asJsonObject().getString("id");
        admin(
                "POST",
                "/components",
                Json.createObjectBuilder()
                        .add("name", "rotated-" + System.nanoTime())
                        .add("providerId", "rsa-generated")
                        .add("providerType", "org.keycloak.keys.KeyProvider")
                        .add("parentId", realmId)
                        .add(
                                "config",
                                Json.createObjectBuilder()
                                        .add(
                                                "priority",
                                                Json.createArrayBuilder().add(String.valueOf(++priority)))
                                        .add(
                                                "enabled",
                                                Json.createArrayBuilder().add("true"))
                                        .add("active", Json.createArrayBuilder().add("true"))
                                        .add(
                                                "keySize",
                                                Json.createArrayBuilder().add("2048"))
                                        .add(
                                                "algorithm",
                                                Json.createArrayBuilder().add("RS256")))
                        .build()
                        .toString());
    }

    /** Takes the key out of the realm that has signed this token: it is no longer published. */
    void withdrawKeyOf(String token) {
        String header = new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
        String keyId = json(header).asJsonObject().getString("kid");
        String provider = admin("GET", "/keys", "").asJsonObject().getJsonArray("keys").stream()
                .map(JsonValue::asJsonObject)
                .filter(key -> key.getString("kid").equals(keyId))
                .map(key -> key.getString("providerId"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the realm has no such key"));
        admin("DELETE", "/components/" + provider, "");
    }

    /** The authorization-code flow with PKCE, as a browser and a client on a desk do it together. */
    Login login(String name, String password) {
        String verifier = random() + random();
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
        HttpResponse<String> form = send(HttpRequest.newBuilder(URI.create(issuer()
                + "/protocol/openid-connect/auth?"
                + form(Map.of(
                        "client_id", "mcp-data-platform-desk",
                        "response_type", "code",
                        "redirect_uri", REDIRECT,
                        "scope", "openid",
                        "state", "abc",
                        "code_challenge", challenge,
                        "code_challenge_method", "S256")))));
        Matcher action = LOGIN_FORM.matcher(form.body());
        if (!action.find()) {
            throw new AssertionError("no login form but " + form.statusCode() + ": " + form.body());
        }
        HttpResponse<String> answered =
                send(HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                        .header("Cookie", cookies(form))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(Map.of("username", name, "password", password)))));
        String location = answered.headers().firstValue("Location").orElse("");
        if (!location.startsWith(REDIRECT) || !location.contains("code=")) {
            throw new AssertionError("no code but " + answered.statusCode() + " " + location + answered.body());
        }
        JsonObject tokens = token(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "mcp-data-platform-desk",
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                verifier,
                "code",
                location.replaceAll(".*[?&]code=([^&]+).*", "$1")));
        return new Login(tokens.getString("access_token"), tokens.getString("refresh_token"));
    }

    /** Fresh tokens, or the status of the refusal. */
    int refresh(String refreshToken) {
        return tokenAnswer(Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "mcp-data-platform-desk",
                        "refresh_token", refreshToken))
                .statusCode();
    }

    void logout(String refreshToken) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/logout"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                form(Map.of("client_id", "mcp-data-platform-desk", "refresh_token", refreshToken)))));
        if (answer.statusCode() != 204) {
            throw new AssertionError("logout: " + answer.statusCode());
        }
    }

    private JsonObject token(Map<String, String> grant) {
        HttpResponse<String> answer = tokenAnswer(grant);
        if (answer.statusCode() != 200) {
            throw new AssertionError("no token but " + answer.statusCode() + ": " + answer.body());
        }
        return json(answer.body()).asJsonObject();
    }

    private HttpResponse<String> tokenAnswer(Map<String, String> grant) {
        return send(HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(grant))));
    }

    private String userId(String name) {
        return admin("GET", "/users?exact=true&username=" + name, "")
                .asJsonArray()
                .getJsonObject(0)
                .getString("id");
    }

    private JsonValue admin(String method, String path, String body) {
        HttpResponse<String> login =
                send(HttpRequest.newBuilder(URI.create(base + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(Map.of(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "admin",
                                "password", adminPassword)))));
        String token = json(login.body()).asJsonObject().getString("access_token");
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base + "/admin/realms/" + REALM + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty() ? JsonValue.NULL : json(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitRealm() throws IOException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (send(HttpRequest.newBuilder(URI.create(issuer()))).statusCode() == 200) {
                    return;
                }
                Thread.sleep(500);
            } catch (UncheckedIOException notYet) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new IllegalStateException("Keycloak did not start:\n" + Files.readString(log));
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** Over plain HTTP a browser would still send back what was set for the loopback address. */
    private static String cookies(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceAll(";.*", ""))
                .collect(Collectors.joining("; "));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static JsonValue json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
