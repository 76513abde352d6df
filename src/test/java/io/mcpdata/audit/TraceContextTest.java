package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String VALID = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void validOneIsRead() {
        assertThat(TraceContext.parse(VALID)).contains(new TraceContext(TRACE, "00f067aa0ba902b7", "01"));
        assertThat(TraceContext.parse(VALID).map(TraceContext::traceparent)).contains(VALID);
    }

    /** A later version keeps these parts at the begin. */
    @ParameterizedTest
    @ValueSource(strings = {"01", "cc", "fe"})
    void laterVersionIsRead(String version) {
        for (String end : new String[] {"", "-", "-more"}) {
            assertThat(TraceContext.parse(VALID.replaceFirst("00", version) + end)
                            .map(TraceContext::traceparent))
                    .contains(VALID);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                VALID + "-more",
                VALID + "-",
                VALID + " ",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "0-" + TRACE + "-00f067aa0ba902b7-01",
                "00-" + TRACE + "-00f067aa0ba902b7-1",
                "00-" + TRACE + "-00f067aa0ba902b-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "01-" + TRACE + "-00f067aa0ba902b7-01more",
                "01-" + TRACE + "-00f067aa0ba902b7-01-\n",
                "00-" + TRACE + "-00f067aa0ba902b7-01*/"
            })
    void invalidOneIsIgnored(String text) {
        assertThat(TraceContext.parse(text)).isEmpty();
    }

    @Test
    void tooLongOneIsIgnored() {
        assertThat(TraceContext.parse(VALID.replaceFirst("00", "01") + "-" + "x".repeat(1_000)))
                .isEmpty();
    }

    @Test
    void logNamesTheTraceIfThereIsOne() {
        RequestOrigin origin = new RequestOrigin("r1", "", "");
        assertThat(origin.inLog()).isEqualTo("r1");
        assertThat(origin.within(TraceContext.parse(VALID)).inLog()).isEqualTo("r1, trace " + TRACE);
        assertThat(origin.within(Optional.empty())).isSameAs(origin);
    }
}
