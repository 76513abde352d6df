package io.mcpdata.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;

final class TracingTest {

    @Test
    void serverWhoseClassesDoNotFitTheApiMakesNoSpans() {
        assertThat(Tracing.find(() -> {
                    throw new ExceptionInInitializerError(new ClassCastException("as if"));
                }))
                .isEmpty();
        assertThat(Tracing.find(OpenTelemetry::noop)).isPresent();
        assertThat(Tracing.tracer()).isPresent();
    }
}
