package io.mcpdata.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TracingTest {

    @Test
    void serverWhoseClassesDoNotFitTheApiMakesNoSpans() {
        assertThat(Tracing.isUsable(() -> {
                    throw new ExceptionInInitializerError(new ClassCastException("as if"));
                }))
                .isFalse();
        assertThat(Tracing.isUsable(Tracing::tracer)).isTrue();
    }
}
