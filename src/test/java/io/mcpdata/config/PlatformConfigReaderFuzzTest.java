package io.mcpdata.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;

/** Every {@code platform.yaml} is read or refused with a reason, and no message contains a variable's value. */
final class PlatformConfigReaderFuzzTest {

    private static final String CANARY = "canary-value-of-every-variable-0123456789";

    private final PlatformConfigReader reader = new PlatformConfigReader(name -> Optional.of(CANARY));

    @FuzzTest(maxDuration = "10m")
    void aFileIsReadOrRefusedAndNoValueIsTold(byte[] input) {
        ConfigReading reading = reader.read("platform.yaml", new String(input, UTF_8));

        assertThat(reading.config().isEmpty()).isEqualTo(!reading.errors().isEmpty());
        assertNothingTold(reading.errors());
        assertNothingTold(reading.warnings());
    }

    private static void assertNothingTold(List<ConfigProblem> problems) {
        for (ConfigProblem problem : problems) {
            assertThat(problem.toString()).doesNotContain(CANARY);
            assertThat(problem.found()).isNotEmpty();
            assertThat(problem.expected()).isNotEmpty();
            assertThat(problem.line()).isNotNegative();
        }
    }
}
