package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code connections.<name>.plan_limits}. */
final class PlanLimitsSectionTest {

    private static final String START = "connections:\n  c: ";

    @Test
    void limitsAreRead() {
        assertThat(limits("{url: 'jdbc:postgresql://db/x', plan_limits: {rows: 10000000, cost: 3000000000}}"))
                .contains(new PlanLimitsConfig(Optional.of(10_000_000L), Optional.of(3_000_000_000L)));
        assertThat(limits("{url: 'jdbc:mariadb://db/x', plan_limits: {rows: 1}}"))
                .contains(new PlanLimitsConfig(Optional.of(1L), Optional.empty()));
        assertThat(limits("{demo: retail}")).isEmpty();
    }

    @Test
    void configurationShowsThem() {
        PlatformConfig config = Reading.config(START + "{jndi: 'java:x', plan_limits: {cost: 3000000000}}");
        assertThat(ConfigJson.of(config).build().toString()).contains("\"plan_limits\":{\"cost\":3000000000}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo: retail",
                "url: 'jdbc:h2:mem:x'",
                "url: 'jdbc:oracle:thin:@db'",
                "url: 'jdbc:sqlserver://db'"
            })
    void productWhosePlansAreNotReadIsAnError(String source) {
        assertThat(Reading.errors(START + "{" + source + ", plan_limits: {rows: 5}}"))
                .singleElement()
                .asString()
                .contains("plan_limits: found limits for a database whose plans are not read; expected them on");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                       | plan_limits: found neither rows nor cost; expected rows, cost or both",
                "rows: 0                | rows: found \"0\"; expected a whole number from 1 to 1000000000000000",
                "rows: 1e6              | rows: found \"1e6\"; expected a whole number",
                "cost: 1000000000000001 | cost: found \"1000000000000001\"; expected a whole number",
                "time: 5                | time: found an unknown key; expected one of rows, cost",
            })
    void mistakesAreNamed(String limits, String problem) {
        assertThat(Reading.errors(START + "{jndi: 'java:x', plan_limits: {" + (limits == null ? "" : limits) + "}}")
                        .toString())
                .contains(problem);
    }

    private static Optional<PlanLimitsConfig> limits(String connection) {
        return Reading.config(START + connection).connections().get(0).planLimits();
    }
}
