package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SecretTest {

    @Test
    void valueIsShownOnlyOnExplicitRequest() {
        Secret secret = new Secret("canary-4711");
        assertThat(secret.reveal()).isEqualTo("canary-4711");
        assertThat(secret).hasToString("[redacted]");
        assertThat("" + List.of(secret) + Optional.of(secret)).doesNotContain("canary");
        assertThat(new ConnectionSource.Url(secret, Optional.of("u"), Optional.of(secret)).toString())
                .doesNotContain("canary");
    }

    @Test
    void secretsAreEqualByValue() {
        assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
        assertThat(new Secret("a")).isNotEqualTo(new Secret("b"));
    }
}
