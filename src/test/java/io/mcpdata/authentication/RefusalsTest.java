package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.http.InMemoryRequest;
import io.mcpdata.http.InMemoryResponse;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusalsTest {

    private final Refusals refusals = new Refusals(InMemoryActiveConfiguration.of("server: {name: data}"));
    private final InMemoryResponse response = new InMemoryResponse();

    @Test
    void bodyThatHasArrivedIsReadToItsEnd() {
        Body body = new Body(9_000);

        write(new InMemoryRequest().body(9_000, body));

        assertThat(body.left()).isZero();
        assertThat(body.endSeen).isTrue();
        assertThat(response.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"60000, 0", "60000, 5000", "-1, 0", "-1, 5000"})
    void nobodyWaitsForABodyThatDoesNotCome(long announced, int arrived) {
        Body body = new Body(arrived);

        write(new InMemoryRequest().body(announced, body));

        assertThat(body.left()).isZero();
        assertThat(body.endSeen).as("would have blocked").isFalse();
        assertThat(response.status()).isEqualTo(401);
    }

    @Test
    void largeBodyIsLeftAlone() {
        Body body = new Body(100_000);

        write(new InMemoryRequest().body(100_000, body));

        assertThat(body.left()).isEqualTo(100_000);
        assertThat(response.status()).isEqualTo(401);
    }

    private void write(InMemoryRequest request) {
        refusals.write(request.asRequest(), response.asResponse(), Challenge.CREDENTIAL_MISSING);
    }

    /** What has arrived of a body; reading on would wait. */
    private static final class Body extends ServletInputStream {

        private final ByteArrayInputStream arrived;
        private boolean endSeen;

        Body(int arrived) {
            this.arrived = new ByteArrayInputStream(new byte[arrived]);
        }

        int left() {
            return arrived.available();
        }

        @Override
        public int available() {
            return arrived.available();
        }

        @Override
        public int read() {
            int next = arrived.read();
            endSeen |= next < 0;
            return next;
        }

        @Override
        public boolean isFinished() {
            return endSeen;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("not expected");
        }
    }
}
