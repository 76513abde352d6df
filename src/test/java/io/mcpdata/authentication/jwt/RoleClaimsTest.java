package io.mcpdata.authentication.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(new RoleClaims(List.of(path), "").of(claims())).containsExactly(roles.split("\\|"));
    }

    @ParameterizedTest
    @CsvSource({"absent", "numbers", "mixed", "nothing", "object", "realm_access", "groups.roles", "a.c", "role.x"})
    void anythingElseIsNoRole(String path) {
        assertThat(new RoleClaims(List.of(path), "").of(claims())).isEmpty();
    }

    @Test
    void textThatNoPersonaCouldListIsNoRole() throws MalformedTokenException {
        String groups =
                "[\"analyst\",\"a\\u009b31mb\",\"a\\u202eb\",\"a\\nb\",\" padded\",\"" + "r".repeat(129) + "\"]";
        JsonObject claims = Json.readObject("{\"groups\":" + groups + "}");
        assertThat(new RoleClaims(List.of("groups"), "").of(claims)).containsExactly("analyst");
    }

    @Test
    void prefixFiltersAndIsStripped() {
        assertThat(new RoleClaims(List.of("realm_access.roles"), "dp_").of(claims()))
                .containsExactly("admin");
    }

    @Test
    void severalPathsAreJoined() {
        assertThat(new RoleClaims(List.of("role", "absent", "groups"), "").of(claims()))
                .containsExactly("admin", "analyst", "viewer");
    }
}
