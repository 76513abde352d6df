package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts of callers who manage keys, and are not administrators, to get more rights than they have. */
@ArquillianTest
@OnOneServer
@OnWildFly
final class KeyRightsIT {

    private static final String KEYS = "/api/v1/keys";
    private static final String WHOAMI = "/api/v1/whoami";

    /** A caller with the role helpdesk has this persona, with any other roles. */
    private static final String PERSONAS = """
            personas:
              helpdesk:
                roles: [helpdesk]
                priority: 200
                permissions: ["mcp:connect", "keys:manage"]
                tools: {allow: ["sql_*"], deny: ["*_explain"]}
                connections: {allow: [warehouse]}
              narrow:
                roles: [narrow]
                priority: 99
                tools: {allow: [sql_query, "sql_list_*"], deny: ["*_explain"]}
                connections: {allow: [warehouse]}
              more-permissions:
                roles: [reads-audit]
                priority: 98
                permissions: ["mcp:connect", "audit:read"]
              more-tools:
                roles: [explains]
                priority: 97
                tools: {allow: ["sql_*"]}
                connections: {allow: [warehouse]}
              more-connections:
                roles: [elsewhere]
                priority: 96
                tools: {allow: [sql_query]}
                connections: {allow: ["*"]}
            """;

    private static final String EVERY_ROLE =
            "\"helpdesk\",\"admin\",\"narrow\",\"reads-audit\",\"explains\",\"elsewhere\"";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @BeforeEach
    void configure() {
        inForce("key rights", platform.originalYaml().replace("\npersonas:\n", "\n" + PERSONAS));
    }

    @AfterEach
    void restore() {
        inForce("container tests", platform.originalYaml());
    }

    private void inForce(String name, String yaml) {
        platform.configure(yaml.replace("name: container tests", "name: " + name));
        Eventually.within(
                Duration.ofSeconds(10),
                "the configuration is in force",
                () -> web.get(WHOAMI).header("WWW-Authenticate").contains("realm=\"" + name + "\""));
    }

    /** A key that an administrator makes. */
    private JsonObject made(String name, String roles, String more) {
        Answer answer = create(platform.key("admin"), name, roles, more);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private Answer create(String by, String name, String roles, String more) {
        return web.post(KEYS, by, "{\"name\":\"" + name + "\",\"roles\":[" + roles + "]" + more + "}");
    }

    private String helpdesk(String name) {
        return made(name, EVERY_ROLE, "").getString("key");
    }

    private Answer rotate(String by, JsonObject key) {
        return web.post(KEYS + "/" + key.getString("key_id") + "/rotate", by, "{\"overlap\":\"0s\"}");
    }

    private Answer revoke(String by, JsonObject key) {
        return web.send(web.to(KEYS + "/" + key.getString("key_id"), by).DELETE());
    }

    private JsonObject listed(String keyId) {
        return web.get(KEYS, platform.key("admin")).json().getJsonArray("keys").stream()
                .map(JsonValue::asJsonObject)
                .filter(key -> key.getString("key_id").equals(keyId))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "admin, permission platform:admin",
        "reads-audit, permission audit:read",
        "explains, tools.allow",
        "elsewhere, connections.allow"
    })
    void roleThatLeadsToMoreThanItsHolderHasIsNotGrantedRotatedOrRevoked(String role, String more) {
        String helpdesk = helpdesk("helpdesk-" + role);
        assertThat(web.get(WHOAMI, helpdesk).json().getString("persona")).isEqualTo("helpdesk");

        Answer refused = create(helpdesk, "child-" + role, "\"" + role + "\"", "");
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.json().getString("detail"))
                .contains(more, "ask a caller with the permission platform:admin");
        assertThat(refused.json().containsKey("key")).isFalse();

        JsonObject strong = made("strong-" + role, "\"" + role + "\"", "");
        assertThat(rotate(helpdesk, strong).status()).isEqualTo(403);
        assertThat(revoke(helpdesk, strong).status()).isEqualTo(403);
        assertThat(listed(strong.getString("key_id")).getString("status")).isEqualTo("active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"narrow\"", "\"helpdesk\"", "\"helpdesk\",\"admin\""})
    void roleThatLeadsToNoMoreIsGrantedRotatedAndRevoked(String roles) {
        String suffix = roles.replaceAll("\\W", "");
        String helpdesk = helpdesk("granting-" + suffix);
        Answer child = create(helpdesk, "granted-" + suffix, roles, "");
        assertThat(child.status()).as(child.body()).isEqualTo(201);
        Answer rotated = rotate(helpdesk, child.json());
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
        assertThat(revoke(helpdesk, rotated.json()).status()).isEqualTo(204);
    }

    @Test
    void keyOfAKeyThatEndsAndIsBoundToANetworkEndsWithItAndIsBoundToo() {
        Instant end = Instant.now().plus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        JsonObject maker = made(
                "bound-maker",
                "\"helpdesk\"",
                ",\"expires_at\":\"" + end + "\",\"allowed_networks\":[\"127.0.0.0/8\",\"10.0.0.0/8\"]");
        String key = maker.getString("key");

        Answer child = create(key, "bound-child", "\"helpdesk\"", "");
        assertThat(child.status()).as(child.body()).isEqualTo(201);
        assertThat(child.json().getString("expires_at")).isEqualTo(end.toString());
        assertThat(child.json().getJsonArray("allowed_networks")).hasToString("[\"127.0.0.0/8\",\"10.0.0.0/8\"]");

        Answer later = create(key, "later", "\"helpdesk\"", ",\"expires_at\":\"" + end.plusSeconds(1) + "\"");
        assertThat(later.status()).isEqualTo(403);
        assertThat(later.json().getString("detail")).contains("expected " + end + " or earlier");
        Answer wider = create(key, "wider", "\"helpdesk\"", ",\"allowed_networks\":[\"0.0.0.0/0\"]");
        assertThat(wider.status()).isEqualTo(403);
        assertThat(wider.json().getString("detail")).contains("0.0.0.0/0", "10.0.0.0/8");

        Answer itself = rotate(key, maker);
        assertThat(itself.status()).as(itself.body()).isEqualTo(201);
        assertThat(itself.json().getString("expires_at")).isEqualTo(end.toString());
        assertThat(itself.json().getJsonArray("allowed_networks")).hasToString("[\"127.0.0.0/8\",\"10.0.0.0/8\"]");

        JsonObject lasting = made("lasting", "\"helpdesk\"", "");
        assertThat(rotate(itself.json().getString("key"), lasting).status()).isEqualTo(403);
        assertThat(web.get(WHOAMI, lasting.getString("key")).status()).isEqualTo(200);
    }

    @Test
    void administratorsCredentialLimitsNoKey() {
        Instant end = Instant.now().plus(10, ChronoUnit.MINUTES);
        JsonObject admin = made("short-admin", "\"admin\"", ",\"expires_at\":\"" + end + "\"");
        Answer lasting = create(admin.getString("key"), "lasting-of-admin", "\"helpdesk\"", "");
        assertThat(lasting.status()).isEqualTo(201);
        assertThat(lasting.json().containsKey("expires_at")).isFalse();
    }

    @Test
    void listNamesTheMakersIdentityAndCredential() {
        JsonObject maker = made("maker", EVERY_ROLE, "");
        JsonObject child = create(maker.getString("key"), "made-by-maker", "\"narrow\"", "")
                .json();
        JsonObject listed = listed(child.getString("key_id"));
        assertThat(listed.getString("created_by")).isEqualTo("maker");
        assertThat(listed.getString("created_by_identity")).isEqualTo("api_key:" + maker.getString("key_id"));
        assertThat(listed.getString("created_by_credential")).isEqualTo(maker.getString("key_id"));
    }

    @Test
    void nameOfARevokedKeyIsNotGivenToAnotherMaker() {
        String one = helpdesk("first-maker");
        String other = helpdesk("second-maker");
        JsonObject key = create(one, "reused", "\"narrow\"", "").json();
        assertThat(revoke(other, key).status()).isEqualTo(204);

        Answer taken = create(other, "reused", "\"narrow\"", "");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().getString("detail")).contains("another caller made", "choose another name");
        assertThat(create(one, "reused", "\"narrow\"", "").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cased", "CASED", "ANALYST-service"})
    void nameThatDiffersFromATakenOneInCaseAloneIsTaken(String name) {
        create(platform.key("admin"), "cased", "\"narrow\"", "");
        Answer taken = create(platform.key("admin"), name, "\"narrow\"", "");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().getString("detail")).contains("upper and lower case");
    }
}
