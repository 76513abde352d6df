package io.mcpdata.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcpdata.authentication.apikey.KeyRequest;
import io.mcpdata.config.NetworkRange;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyBodiesTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static InputStream body(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String json) {
        try {
            KeyBodies.order(body(json), NOW);
            return List.of();
        } catch (InvalidBody e) {
            return e.problems().stream().map(BodyProblem::toString).toList();
        }
    }

    @Test
    void everyMemberIsTaken() {
        KeyRequest order = KeyBodies.order(body("""
                {'name':'etl','roles':['analyst','viewer'],'description':'nightly','email':'a@example.com',
                 'not_before':'2026-02-01T00:00:00Z','expires_at':'2026-03-01T00:00:00Z',
                 'allowed_networks':['10.0.0.0/8','::1']}"""), NOW);
        assertThat(order.name()).isEqualTo("etl");
        assertThat(order.roles()).containsExactly("analyst", "viewer");
        assertThat(order.description()).contains("nightly");
        assertThat(order.email()).contains("a@example.com");
        assertThat(order.notBefore()).contains(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(order.expiresAt()).contains(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(order.allowedNetworks())
                .containsExactly(NetworkRange.parse("10.0.0.0/8"), NetworkRange.parse("::1"));
    }

    @Test
    void roleMayHoldWhatThoseOfTheFileMay() {
        KeyRequest request = KeyBodies.order(body("{'name':'etl','roles':['Pr\u00fcfer']}"), NOW);
        assertThat(request.roles()).containsExactly("Pr\u00fcfer");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(problems("{'name':7,'roles':[],'expires_at':'tomorrow','colour':'red'}"))
                .containsExactly(
                        "colour: found an unknown member; expected one of allowed_networks, description, email,"
                                + " expires_at, name, not_before, roles",
                        "name: found a number; expected 1 to 128 printable ASCII characters, no space at"
                                + " either end",
                        "roles: found no usable role; expected a list with at least one role",
                        "expires_at: found a text that does not fit; expected an instant such as"
                                + " 2030-01-31T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'roles':['a']} | name: found nothing",
                "{'name':' x','roles':['a']} | name: found a text",
                "{'name':'x','roles':['a ']} | roles[0]: found a text",
                "{'name':'x','roles':'a'} | roles: found a text",
                "{'name':'x','roles':['a',1]} | roles[1]: found a number",
                "{'name':'x','roles':['a'],'expires_at':'2025-01-01T00:00:00Z'} | expires_at: found an instant",
                "{'name':'x','roles':['a'],'allowed_networks':['10.0.0.0/99']} | allowed_networks[0]: found a text",
                "{'name':'x','roles':['a'],'email':'no-address'} | email: found a text",
                "{'name':'x','name':'y','roles':['a']} | name: found the member twice",
                "['name'] | found some other JSON value",
                "nonsense | found something else",
            })
    void wrongBodyIsToldWhereItIsWrong(String json, String begin) {
        assertThat(problems(json)).first().asString().startsWith(begin);
    }

    @Test
    void bodyIsBounded() {
        assertThat(problems("{'name':'" + "x".repeat(JsonBody.LARGEST) + "'}"))
                .singleElement()
                .asString()
                .startsWith("found more than");
        assertThat(problems("{'name':'x','roles':[" + "'a',".repeat(50) + "'a']}"))
                .first()
                .asString()
                .startsWith("roles: found a list of 51");
    }

    @Test
    void nothingOfAValueIsEchoed() {
        assertThat(problems("{'name':'canary\\u0007','roles':['canary ']}").toString())
                .doesNotContain("canary");
    }

    @Test
    void overlapIsADayUnlessTheBodySaysOtherwise() {
        assertThat(KeyBodies.overlap(body(""))).isEqualTo(Duration.ofDays(1));
        assertThat(KeyBodies.overlap(body("{}"))).isEqualTo(Duration.ofDays(1));
        assertThat(KeyBodies.overlap(body("{'overlap':'0s'}"))).isZero();
        assertThat(KeyBodies.overlap(body("{'overlap':'90m'}"))).isEqualTo(Duration.ofMinutes(90));
    }

    @ParameterizedTest
    @CsvSource({"-1s", "1w", "366d", "24", "999999999d"})
    void overlapOutOfRangeIsRefused(String overlap) {
        assertThatExceptionOfType(InvalidBody.class)
                .isThrownBy(() -> KeyBodies.overlap(body("{'overlap':'" + overlap + "'}")));
    }
}
