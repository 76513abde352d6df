package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditedParametersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "db_passwd",
                "passphrase",
                "clientSecret",
                "access_token",
                "apiKey",
                "api_key",
                "api-key",
                "Authorization",
                "credentials",
                "private_key"
            })
    void whatIsNamedLikeASecretIsLeftOutAtAnyDepth(String name) {
        String shown = AuditedParameters.of(Json.readObject(
                "{\"a\":[{\"" + name + "\":\"hunter2\"}],\"" + name + "\":{\"x\":\"hunter2\"},\"b\":1}"));
        assertThat(shown).doesNotContain("hunter2").contains("[redacted]", "\"b\":1");
    }

    @Test
    void whatIsHarmlessIsShownAsItIs() {
        String arguments =
                "{\"connection\":\"c\",\"sql\":\"SELECT 'x'\",\"max_rows\":5,\"parameters\":[null,true,1.5]}";
        assertThat(AuditedParameters.of(Json.readObject(arguments))).isEqualTo(arguments);
    }

    @Test
    void aLongTextPushesNoOtherArgumentOut() {
        JsonObject arguments = Json.object()
                .add("sql", "SELECT \"\n\" ".repeat(3_000))
                .add("more", "x ".repeat(100_000))
                .add("connection", "c")
                .build();
        String shown = AuditedParameters.of(arguments);
        assertThat(shown)
                .hasSizeLessThanOrEqualTo(AuditedParameters.LONGEST)
                .startsWith("{\"sql\":\"SELECT")
                .endsWith("\"connection\":\"c\"}");
        assertThat(Json.readObject(shown)).hasSize(3);
    }

    @Test
    void manyElementsMembersAndLevelsAreBounded() {
        var elements = Json.array();
        var members = Json.object();
        var deep = Json.object().add("end", "x");
        for (int i = 0; i < 10_000; i++) {
            elements.add("element number " + i);
            members.add("member number " + i, i);
        }
        for (int i = 0; i < 500; i++) {
            deep = Json.object().add("d", deep);
        }
        String shown = AuditedParameters.of(Json.object()
                .add("elements", elements)
                .add("members", members)
                .add("deep", deep)
                .build());
        assertThat(shown).hasSizeLessThanOrEqualTo(AuditedParameters.LONGEST).contains("more]");
        assertThat(Json.readObject(shown)).containsKeys("elements", "members", "deep");
    }

    @Test
    void aCutLeavesNoHalfCredentialBehind() {
        String key = "mcpdp_" + "k".repeat(60);
        String sql = "SELECT ".repeat(570) + key;
        assertThat(sql.length()).isGreaterThan(4_000);
        assertThat(AuditedParameters.of(Json.object().add("sql", sql).build())).doesNotContain("mcpdp", "kkk");
    }
}
