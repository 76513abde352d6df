package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DatabaseSectionTest {

    private static final String AUDIT = "audit: {signing_key: '${SIGNING}'}\n";

    private static ConfigReading read(String text) {
        Map<String, String> variables = new HashMap<>(Reading.VARIABLES);
        try {
            variables.put(
                    "SIGNING",
                    SigningKeyPem.encode(KeyPairGenerator.getInstance("Ed25519")
                            .generateKeyPair()
                            .getPrivate()
                            .getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return Reading.of(text, variables);
    }

    private static List<String> errors(String text) {
        return read(text).errors().stream().map(ConfigProblem::toString).toList();
    }

    private static PlatformConfig config(String text) {
        ConfigReading reading = read(text);
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        return reading.config().orElseThrow();
    }

    @Test
    void storeIsEmbeddedWithoutTheSection() {
        assertThat(config("server: {name: a}").database()).isEmpty();
    }

    @Test
    void urlAndPasswordAreNeverTold() {
        PlatformConfig config = config(
                AUDIT
                        + "database: {url: 'jdbc:postgresql://h/d', username: u, password: '${CANARY}', instance: server-1.example}");
        assertThat(config.database().orElseThrow().instance()).isEqualTo("server-1.example");
        assertThat(config.toString()).doesNotContain("canary", "jdbc:");
        assertThat(ConfigJson.of(config).build().getJsonObject("database").toString())
                .isEqualTo("{\"kind\":\"url\",\"instance\":\"server-1.example\"}");
    }

    @Test
    void dataSourceOfTheServerIsNamed() {
        assertThat(config(AUDIT + "database: {jndi: 'java:comp/env/jdbc/platform', instance: a}")
                        .database()
                        .orElseThrow()
                        .source())
                .isEqualTo(new ConnectionSource.Jndi("java:comp/env/jdbc/platform"));
    }

    @Test
    void changeTakesEffectAtTheNextStart() {
        assertThat(ConfigDiff.between(
                        PlatformConfig.denyAll(), config(AUDIT + "database: {jndi: 'jdbc/a', instance: a}")))
                .contains("database changed; this takes effect at the next start");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(errors("database: {}"))
                .containsExactlyInAnyOrder(
                        "platform.yaml:1: database: found no source; expected exactly one of jndi and url",
                        "platform.yaml:1: database.instance: found nothing; expected a name that no other server with this"
                                + " database has, such as ${HOSTNAME}: 1 to 64 letters, digits, '.', '_' and '-', with a"
                                + " letter or digit at both ends",
                        "platform.yaml:1: database: found no audit.signing_key; expected one, the same on every server with"
                                + " this database, because each server signs and verifies the audit rows of all");
    }

    @Test
    void otherDatabasesAndKeysAreRefusedWithoutTheUrl() {
        assertThat(errors(AUDIT + "database: {url: 'jdbc:mariadb://canary/d', instance: '-a', colour: red}"))
                .hasSize(3)
                .anySatisfy(error -> assertThat(error)
                        .isEqualTo("platform.yaml:2: database.url: found a URL of another product; expected"
                                + " jdbc:postgresql://host:5432/database"))
                .anySatisfy(error -> assertThat(error).contains("database.instance: found \"-a\""))
                .anySatisfy(error -> assertThat(error).contains("database.colour: found an unknown key"))
                .noneSatisfy(error -> assertThat(error).contains("canary"));
        assertThat(errors(AUDIT + "database: {jndi: 'ldap://h/x', demo: retail, instance: a}"))
                .anySatisfy(error -> assertThat(error).contains("database.jndi"))
                .anySatisfy(error -> assertThat(error).contains("database.demo: found an unknown key"));
    }
}
