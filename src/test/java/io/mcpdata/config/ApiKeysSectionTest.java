package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeysSectionTest {

    private static final String DIGEST = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static String keys(String... entries) {
        return "auth:\n  api_keys:\n    enabled: true\n    keys:\n      - " + String.join("\n      - ", entries) + "\n";
    }

    private static String error(String entry, Map<String, String> variables) {
        ConfigReading reading = Reading.of(keys(entry), variables);
        assertThat(reading.errors()).hasSize(1);
        return reading.errors().get(0).toString();
    }

    @Test
    void everyKeyOfAnEntryIsRead() {
        ApiKeysConfig section = Reading.config("""
                auth:
                  api_keys:
                    enabled: true
                    query_parameter: false
                    keys:
                      - key: ${KEY}
                        name: etl service
                        roles: [admin, write]
                        description: nightly
                        email: data@example.com
                        not_before: 2026-01-01T00:00:00Z
                        expires_at: "2030-01-31T00:00:00+02:00"
                        allowed_networks: [10.0.0.0/8, 2001:db8::/32]
                """).apiKeys();
        assertThat(section.enabled()).isTrue();
        assertThat(section.queryParameter()).isFalse();
        assertThat(section.keys()).singleElement().satisfies(key -> {
            assertThat(key.name()).isEqualTo("etl service");
            assertThat(key.digest()).isEqualTo(KeyDigest.of(Reading.KEY));
            assertThat(key.roles()).containsExactly("admin", "write");
            assertThat(key.description()).contains("nightly");
            assertThat(key.email()).contains("data@example.com");
            assertThat(key.notBefore()).contains(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(key.expiresAt()).contains(Instant.parse("2030-01-30T22:00:00Z"));
            assertThat(key.allowedNetworks()).hasSize(2);
        });
    }

    @Test
    void oneNameMayHaveSeveralKeys() {
        assertThat(Reading.config(keys(
                                "{key: \"${KEY}\", name: etl, roles: [admin]}",
                                "{key: \"${OTHER_KEY}\", name: etl, roles: [admin]}"))
                        .apiKeys()
                        .keys())
                .extracting(ApiKeyConfig::name)
                .containsExactly("etl", "etl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                     | an empty key; expected a key; is the variable set to nothing?",
                "' 0123456789abcdef'    | a key with whitespace around it",
                "'0123456789abcdef\n'   | a key with whitespace around it",
                "'0123456789abcdef\t'   | a key with whitespace around it",
                "'0123456789 abcdef'    | a key with characters that no header can carry",
                "'0123456789abcd\u00e9f'| a key with characters that no header can carry",
                "'0123456789abcd\u0000f'| a key with characters that no header can carry",
                "'0123456789abcde'      | a key of 15 characters; expected at least 16 characters",
            })
    void keyThatCannotWorkIsAnError(String value, String found) {
        assertThat(error("{key: \"${K}\", name: a, roles: [admin]}", Map.of("K", value)))
                .startsWith("platform.yaml:5: auth.api_keys.keys[0].key: found " + found);
    }

    @Test
    void keyOfSixteenCharactersIsLongEnough() {
        assertThat(Reading.of(keys("{key: \"${K}\", name: a, roles: [admin]}"), Map.of("K", "0123456789abcdef"))
                        .config())
                .isPresent();
    }

    @Test
    void sameValueTwiceIsAnErrorThatNamesBothPlaces() {
        assertThat(Reading.errors(keys(
                        "{key: \"${KEY}\", name: a, roles: [admin]}",
                        "{key: \"${OTHER_KEY}\", name: b, roles: [admin]}",
                        "{key: \"${KEY}\", name: c, roles: [admin]}",
                        "{key_sha256: " + KeyDigest.of(Reading.KEY).hex().toUpperCase(java.util.Locale.ROOT)
                                + ", name: d, roles: [admin]}")))
                .containsExactly(
                        "platform.yaml:7: auth.api_keys.keys[2]: found the same key value as in auth.api_keys.keys[0];"
                                + " expected a value of its own for each key",
                        "platform.yaml:8: auth.api_keys.keys[3]: found the same key value as in auth.api_keys.keys[0];"
                                + " expected a value of its own for each key");
    }

    @Test
    void digestStandsInForTheKey() {
        assertThat(Reading.config(keys("{key_sha256: " + DIGEST + ", name: a, roles: [admin]}"))
                        .apiKeys()
                        .keys()
                        .get(0)
                        .digest())
                .isEqualTo(KeyDigest.of("abc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ba7816bf",
                "zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                DIGEST + "  -",
                "''",
                // what sha256sum says of an unset variable, by printf and by echo
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b"
            })
    void digestThatIsNoneOrOfNothingIsAnError(String digest) {
        assertThat(error("{key_sha256: " + digest + ", name: a, roles: [admin]}", Map.of()))
                .startsWith("platform.yaml:5: auth.api_keys.keys[0].key_sha256: found ")
                .endsWith("expected the SHA-256 of the key in 64 hexadecimal digits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}\n'          | a digest with whitespace around it; expected the digest alone; check the variable or file",
                "' {}'           | a digest with whitespace around it",
                "'{}  -'         | a digest with other text around it, such as the prefix sha256: or the file name of sha256sum",
                "'sha256:{}'     | a digest with other text around it",
                "'SHA2-256(stdin)= {}\n' | a digest with other text around it",
                "'{}0'           | something else",
            })
    void digestWithMoreThanItselfIsAnErrorThatSaysWhatIsTooMuch(String digest, String found) {
        String value = digest.replace("{}", DIGEST);
        assertThat(error("{key_sha256: \"${D}\", name: a, roles: [admin]}", Map.of("D", value)))
                .startsWith("platform.yaml:5: auth.api_keys.keys[0].key_sha256: found " + found)
                .doesNotContain(DIGEST);
    }

    @Test
    void keyAndDigestTogetherOrNeitherIsAnError() {
        assertThat(error("{key: x, key_sha256: y, name: a, roles: [admin]}", Map.of()))
                .contains("auth.api_keys.keys[0]: found both key and key_sha256; expected exactly one of them");
        assertThat(error("{name: a, roles: [admin]}", Map.of())).contains("neither key nor key_sha256");
        assertThat(error("{key: , name: a, roles: [admin]}", Map.of())).contains("found nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' a'", "'a '", "\"a\\nb\"", "\u00e9", "[a]"})
    void nameMustBeUsableInLogsAndHeaders(String name) {
        assertThat(error("{key: \"${KEY}\", name: " + name + ", roles: [admin]}", Reading.VARIABLES))
                .contains("auth.api_keys.keys[0].name: found");
    }

    @Test
    void nameAndRolesAreRequired() {
        assertThat(error("{key: \"${KEY}\", roles: [admin]}", Reading.VARIABLES))
                .contains("auth.api_keys.keys[0].name: found nothing");
        assertThat(error("{key: \"${KEY}\", name: a}", Reading.VARIABLES))
                .contains("auth.api_keys.keys[0].roles: found no role");
        assertThat(error("{key: \"${KEY}\", name: a, roles: []}", Reading.VARIABLES))
                .contains("found no role");
        assertThat(Reading.errors(keys("{key: \"${KEY}\", name: a, roles: admin}"))
                        .get(0))
                .contains("roles: found a single value; expected a list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' admin'", "'admin '", "\"a\\u202eb\"", "\"a\\u200b\"", "\"\\u00a0admin\""})
    void roleThatWouldMatchNothingIsAnError(String role) {
        assertThat(error("{key: \"${KEY}\", name: a, roles: [admin, " + role + "]}", Reading.VARIABLES))
                .contains("auth.api_keys.keys[0].roles[1]: found");
    }

    @Test
    void enabledMustBeSaidWhereThereAreKeys() {
        assertThat(Reading.errors("auth:\n  api_keys:\n    keys: [{key: \"${KEY}\", name: a, roles: [admin]}]\n"))
                .containsExactly("platform.yaml:3: auth.api_keys.enabled: found nothing; expected true or false:"
                        + " whether API keys are accepted");
        assertThat(Reading.config("auth: {api_keys: {}}").apiKeys().enabled()).isFalse();
    }

    @Test
    void emptyNetworkListIsAnErrorBecauseItCouldMeanEverywhereOrNowhere() {
        assertThat(error("{key: \"${KEY}\", name: a, roles: [admin], allowed_networks: []}", Reading.VARIABLES))
                .contains("allowed_networks: found no network");
        assertThat(error("{key: \"${KEY}\", name: a, roles: [admin], allowed_networks: }", Reading.VARIABLES))
                .contains("allowed_networks: found no network");
    }

    @Test
    void keyThatCouldNeverBeUsedIsAnError() {
        for (String end : new String[] {"2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z"}) {
            assertThat(error(
                            "{key: \"${KEY}\", name: a, roles: [admin], not_before: \"2026-01-01T00:00:00Z\","
                                    + " expires_at: \"" + end + "\"}",
                            Reading.VARIABLES))
                    .contains("expires_at: found an end that is not after not_before");
        }
    }

    @Test
    void errorsOfOneEntryAreReportedTogether() {
        assertThat(Reading.errors(keys("{expires_at: never, allowed_networks: [nowhere], colour: red}")))
                .hasSize(6);
    }

    @Test
    void rolesThatNoPersonaListsAreNamedInAWarning() {
        assertThat(Reading.warnings(keys(
                        "{key: \"${KEY}\", name: a, roles: [service, write]}",
                        "{key: \"${OTHER_KEY}\", name: b, roles: [admin, write]}")))
                .containsExactly(
                        "platform.yaml:5: auth.api_keys.keys[0].roles: found service, write, which no persona lists;"
                                + " expected a role of a persona; this key gets 403 everywhere but at"
                                + " /api/v1/whoami",
                        "platform.yaml:6: auth.api_keys.keys[1].roles: found write, which no persona lists; expected"
                                + " roles of personas");
    }

    @Test
    void personaChosenByMereOrderIsAWarning() {
        String personas = """
                personas:
                  first: {roles: [a], priority: 5, tools: {allow: [x]}, connections: {allow: [x]}}
                  second: {roles: [b], priority: 5, tools: {allow: [x]}, connections: {allow: [x]}}
                  third: {roles: [c], priority: 1, tools: {allow: [x]}, connections: {allow: [x]}}
                """;
        assertThat(Reading.warnings(keys("{key: \"${KEY}\", name: a, roles: [b, a]}") + personas))
                .containsExactly("platform.yaml:5: auth.api_keys.keys[0].roles: found roles of the personas first and"
                        + " second at the same priority; expected different priorities; the first in the file is"
                        + " chosen");
        assertThat(Reading.warnings(keys("{key: \"${KEY}\", name: a, roles: [b, c]}") + personas))
                .isEmpty();
    }

    @Test
    void secretInTheFileWorksAndWarns() {
        assertThat(Reading.warnings(keys(
                        "{key: literal-key-0123456789, name: a, roles: [admin]}",
                        "{key: \"${UNSET:-default-key-0123456789}\", name: b, roles: [admin]}",
                        "{key: \"${KEY}\", name: c, roles: [admin]}")))
                .containsExactly(
                        "platform.yaml:5: auth.api_keys.keys[0].key: found a literal key in the file; expected"
                                + " ${VARIABLE}, so that the file holds no secret",
                        "platform.yaml:6: auth.api_keys.keys[1].key: found a literal key in the file; expected"
                                + " ${VARIABLE}, so that the file holds no secret");
    }

    @Test
    void keyOfFewDifferentCharactersWarns() {
        assertThat(Reading.of(keys("{key: \"${K}\", name: a, roles: [admin]}"), Map.of("K", "aaaaaaaabbbbbbbb"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("a key of few different characters");
    }
}
