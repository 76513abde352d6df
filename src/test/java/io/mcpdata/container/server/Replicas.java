package io.mcpdata.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.conformance.ConformanceToolkit;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Two servers with one configuration and one store on a real PostgreSQL, in strict mode: {@code platform-1} by a URL, {@code
 * platform-2} by a pool of the server. Both have the tools of the conformance suite. The property {@code it.replicas} names another kind for the second one.
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
    private final Path war = ExtendedWar.with(ConformanceToolkit.class);
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
                        .withWar(war)
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

    /** A key made at run time, on the first server. */
    public JsonObject newKey() {
        return web().post("/api/v1/keys", key("admin"), "{\"name\":\"etl\",\"roles\":[\"analyst\"]}")
                .json();
    }

    /** What the second server says of the chains of both; fails if one is broken. */
    public JsonObject verified() {
        JsonObject answer = other().get("/api/v1/audit/verify", key("auditor")).json();
        assertThat(answer.isNull("broken")).as(answer.toString()).isTrue();
        return answer;
    }

    /** Ends the first server as an operator does, and starts it again. */
    public void restartFirst() {
        first = restarted(first);
    }

    public void restartSecond() {
        second = restarted(second);
    }

    private static Platform restarted(Platform platform) {
        platform.server().terminate();
        platform.server().awaitExit(Duration.ofSeconds(30));
        Platform again = platform.startAgain();
        awaitReady(new Web(again));
        return again;
    }

    /** Ends the first server at once. */
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

    /** The distinct texts that a query finds in the platform's store. */
    public Set<String> texts(String sql) throws SQLException {
        try (Connection owner = owner("platform")) {
            return StandbyDatabase.texts(owner, sql);
        }
    }

    /** Lets no server write an audit row until its transaction ends. */
    public Connection lockOfTheRows() throws SQLException {
        Connection owner = owner("platform");
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("LOCK TABLE audit_event IN EXCLUSIVE MODE");
        }
        return owner;
    }

    /** From now on, new sessions of the platform's store take no changes, and there are no others. */
    public void takeNoChanges() throws SQLException {
        execute("postgres", "ALTER DATABASE platform SET default_transaction_read_only = on");
        execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'platform' AND pid <> pg_backend_pid()");
    }

    /** New sessions take changes; those that are open stay as they are. */
    public void takeChangesAgain() throws SQLException {
        execute("postgres", "ALTER DATABASE platform RESET default_transaction_read_only");
    }

    private void execute(String name, String sql) throws SQLException {
        try (Connection owner = owner(name);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection owner(String name) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + name + "?user=postgres");
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
