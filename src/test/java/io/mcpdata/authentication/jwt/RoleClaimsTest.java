package io.mcpdata.authentication.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoleClaimsTest {

    private static final String CLAIMS = """
            {"groups": ["analyst", "viewer", "analyst"],
             "role": "admin",
             "spaced": "data analyst",
             "scope": "openid analyst",
             "realm_access": {"roles": ["dp_admin", "dp_", "offline_access", "DP_viewer"]},
             "resource_access": {"my.client": {"roles": ["writer"]}, "my": {"other": 1}},
             "https://example.com/roles": ["urlrole"],
             "https://example.com/app": {"roles": ["urlinner"]},
             "a.b": "dotted", "a": {"b": "nested", "c": {"d": "deep"}},
             "numbers": [1, 2], "mixed": ["x", 1], "nothing": null, "object": {"x": 1}}""";

    private static JsonObject claims() {
        return Json.readObject(CLAIMS);
    }

    @ParameterizedTest
    @CsvSource({
        "groups, analyst|viewer",
        "role, admin",
        "spaced, data analyst",
        "scope, openid|analyst",
        "realm_access.roles, dp_admin|dp_|offline_access|DP_viewer",
        "resource_access.my.client.roles, writer",
        "https://example.com/roles, urlrole",
        "https://example.com/app.roles, urlinner",
        "a.b, dotted",
        "a.c.d, deep"
    })
    void pathLeadsToRoles(String path, String roles) {
        assertThat(new RoleClaims(List.of(path), "", false).of(claims())).containsExactly(roles.split("\\|"));
    }

    @ParameterizedTest
    @CsvSource({"absent", "numbers", "mixed", "nothing", "object", "realm_access", "groups.roles", "a.c", "role.x"})
    void anythingElseIsNoRole(String path) {
        assertThat(new RoleClaims(List.of(path), "", false).of(claims())).isEmpty();
    }

    @Test
    void textThatNoPersonaCouldListIsNoRole() throws MalformedTokenException {
        String groups =
                "[\"analyst\",\"a\\u009b31mb\",\"a\\u202eb\",\"a\\nb\",\" padded\",\"" + "r".repeat(129) + "\"]";
        JsonObject claims = Json.readObject("{\"groups\":" + groups + "}");
        assertThat(new RoleClaims(List.of("groups"), "", false).of(claims)).containsExactly("analyst");
    }

    @Test
    void namesOfMembersAreRolesOnlyWhereAskedFor() {
        JsonObject claims = Json.readObject("""
                {"urn:zitadel:iam:org:project:roles": {"mcp-analyst": {"31": "x.y"}, "other": {}, "mcp-\\u202e": {}}}""");
        List<String> path = List.of("urn:zitadel:iam:org:project:roles");
        assertThat(new RoleClaims(path, "mcp-", true).of(claims)).containsExactly("analyst");
        assertThat(new RoleClaims(path, "mcp-", false).of(claims)).isEmpty();
        assertThat(new RoleClaims(List.of("groups"), "", true).of(claims())).containsExactly("analyst", "viewer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "absent            | '' | claim absent is absent",
                "groups            | x_ | claim groups has no role with the prefix x_",
                "realm_access      | '' | claim realm_access is an object, whose member names are roles only with role_member_names: true",
                "numbers           | '' | claim numbers is a list with something else than texts, so it is not read",
                "nothing           | '' | claim nothing is neither a text nor a list of texts, so it is not read",
                "resource_access.my.other | '' | claim resource_access.my.other is neither a text nor a list of texts, so it is not read",
            })
    void missingRolesAreExplainedByTheClaimThatWasLookedAt(String path, String prefix, String why) {
        assertThat(new RoleClaims(List.of(path), prefix, false).whyNone(claims()))
                .isEqualTo(why);
    }

    @Test
    void everyClaimThatWasLookedAtIsNamed() {
        JsonObject claims = Json.readObject("{\"roles\": [], \"bad\": [\"a\\u202eb\"]}");
        assertThat(new RoleClaims(List.of("roles", "bad", "groups"), "", false).whyNone(claims))
                .isEqualTo("claim roles is empty; claim bad has no name that a role can have; claim groups is absent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_claim_names\": {\"groups\": \"src1\"}, \"_claim_sources\": {\"src1\": {\"endpoint\": \"https://graph\"}}}",
                "{\"hasgroups\": true}"
            })
    void groupsThatTheProviderLeftOutAreToldAsSuch(String claims) {
        assertThat(new RoleClaims(List.of("groups"), "", false).whyNone(Json.readObject(claims)))
                .isEqualTo("claim groups was left out by the provider, because the groups are too many for a token");
        assertThat(new RoleClaims(List.of("roles"), "", false).whyNone(Json.readObject(claims)))
                .isEqualTo("claim roles is absent");
    }

    @Test
    void prefixFiltersAndIsStripped() {
        assertThat(new RoleClaims(List.of("realm_access.roles"), "dp_", false).of(claims()))
                .containsExactly("admin");
    }

    @Test
    void severalPathsAreJoined() {
        assertThat(new RoleClaims(List.of("role", "absent", "groups"), "", false).of(claims()))
                .containsExactly("admin", "analyst", "viewer");
    }
}
