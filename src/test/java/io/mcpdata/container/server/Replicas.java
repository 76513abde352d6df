package io.mcpdata.container.server;

import io.mcpdata.testing.Eventually;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Two servers with one configuration and one store on a real PostgreSQL, in strict mode: {@code platform-1} by a URL, {@code
 * platform-2} by a pool of the server. The property {@code it.replicas} names another kind for the second one.
 */
public final class Replicas implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);
    private static final String SHARED = """

            audit: {mode: strict, signing_key: "${SIGNING_KEY}"}
            database: {instance: "${INSTANCE}", SOURCE}
            """;
    private static final String BY_URL =
            "url: 'jdbc:postgresql://127.0.0.1:${SALES_DB_PORT}/platform', username: postgres";
    private static final String BY_POOL = "jndi: jdbc/sales";

    private final SalesDatabase database;
    private final Keys keys = Keys.generate();
    private final String signingKey = signingKey();
    private Platform first;
    private Platform second;

    private Replicas(SalesDatabase database) throws SQLException {
        this.database = database;
        execute("postgres", "CREATE DATABASE platform");
        first = start("platform-1", BY_URL, Setup.fromMaven().server());
        second = start(
                "platform-2",
                BY_POOL,
                System.getProperty("it.replicas", Setup.fromMaven().server()));
    }

    public static Replicas start() throws Exception {
        return new Replicas(SalesDatabase.start());
    }

    private Platform start(String instance, String source, String kind) {
        Map<String, String> environment = new HashMap<>(keys.environment());
        environment.putAll(Map.of(
                "SIGNING_KEY", signingKey,
                "INSTANCE", instance,
                "SALES_DB_HOST", "127.0.0.1",
                "SALES_DB_PORT", port(),
                "SALES_DB_NAME", "platform",
                "SALES_DB_USER", "postgres",
                "SALES_DB_PASSWORD", "unused"));
        Platform started = Platform.start(
                Platform.Options.standard()
                        .withYaml(yaml(source))
                        .withExtras(source.equals(BY_POOL) ? List.of("data-source") : List.of())
                        .withEnvironment(environment),
                kind);
        return started;
    }

    private static String yaml(String source) {
        return Platform.standardYaml() + SHARED.replace("SOURCE", source);
    }

    private String port() {
        return Objects.requireNonNull(database.environment().get("SALES_DB_PORT"));
    }

    /** A new {@code audit.signing_key}. */
    public static String signingKey() {
        try {
            byte[] key = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Platform first() {
        return first;
    }

    public Platform second() {
        return second;
    }

    public Web web() {
        return new Web(first);
    }

    public Web other() {
        return new Web(second);
    }

    public SalesDatabase database() {
        return database;
    }

    /** The key of a test persona, which both servers accept. */
    public String key(String name) {
        return keys.of(name);
    }

    /** One of the recipes for two servers in front of them. */
    public ReverseProxy behind(ReverseProxy.Kind kind) {
        return ReverseProxy.start(kind, first.server().port(), second.server().port());
    }

    public Web through(ReverseProxy proxy) {
        return Web.through(first, proxy.trust(), proxy.port());
    }

    /** Ends the second server as an operator does, and starts it again. */
    public void restartSecond() {
        second.server().terminate();
        second.server().awaitExit(Duration.ofSeconds(30));
        second = second.startAgain();
        awaitReady(new Web(second));
    }

    /** Ends the first server at once, and starts it again. */
    public void killFirst() {
        first.server().kill();
        first.server().awaitExit(Duration.ofSeconds(30));
    }

    public void startFirstAgain() {
        first = first.startAgain();
        awaitReady(new Web(first));
    }

    private static void awaitReady(Web web) {
        Eventually.within(START, "the server is ready", () -> web.get("/readyz").status() == 200);
    }

    /** A number of the platform's store. */
    public long count(String sql) throws SQLException {
        try (Connection owner = DriverManager.getConnection(url("platform"));
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String name, String sql) throws SQLException {
        try (Connection owner = DriverManager.getConnection(url(name));
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name + "?user=postgres";
    }

    @Override
    public void close() throws Exception {
        try (database) {
            for (Platform platform : List.of(first, second)) {
                if (platform.server().process().isAlive()) {
                    platform.close();
                }
            }
        }
    }
}
