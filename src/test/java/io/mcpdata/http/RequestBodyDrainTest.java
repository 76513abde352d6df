package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestBodyDrainTest {

    @Test
    void smallBodyIsReadToItsEnd() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[10_000]);

        assertThat(RequestBodyDrain.drain(request(10_000, body))).isTrue();
        assertThat(body.available()).isZero();
    }

    @Test
    void bodyInChunksIsReadToItsEnd() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[10_000]);

        assertThat(RequestBodyDrain.drain(new InMemoryRequest()
                        .header("Transfer-Encoding", "chunked")
                        .body(-1, stream(body))
                        .asRequest()))
                .isTrue();
        assertThat(body.available()).isZero();
    }

    @Test
    void requestWithoutBodyIsNotRead() {
        ByteArrayInputStream nextRequest = new ByteArrayInputStream(new byte[10]);

        assertThat(RequestBodyDrain.drain(request(-1, nextRequest))).isTrue();
        assertThat(nextRequest.available()).isEqualTo(10);
    }

    @Test
    void endlessBodyInChunksClosesTheConnection() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[1_000_000]);

        assertThat(RequestBodyDrain.drain(new InMemoryRequest()
                        .header("Transfer-Encoding", "chunked")
                        .body(-1, stream(body))
                        .asRequest()))
                .isFalse();
        assertThat(body.available()).isGreaterThan(900_000);
    }

    /** Payara waits for more where a request offers to change the protocol. */
    @ParameterizedTest
    @ValueSource(longs = {0, 4, 10})
    void nothingIsReadBehindTheLengthThatTheRequestNames(long consumed) {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[30]);

        assertThat(RequestBodyDrain.drain(
                        new InMemoryRequest()
                                .header("Upgrade", "h2c")
                                .body(10, stream(body))
                                .asRequest(),
                        consumed))
                .isTrue();
        assertThat(body.available()).isEqualTo(20 + consumed);
    }

    @Test
    void largeBodyIsLeft() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[1_000_000]);

        assertThat(RequestBodyDrain.drain(request(1_000_000, body))).isTrue();
        assertThat(body.available()).isEqualTo(1_000_000);
    }

    @Test
    void brokenBodyChangesNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client has left");
            }
        };

        assertThat(RequestBodyDrain.drain(request(10, broken))).isTrue();
    }

    @Test
    void noThreadWaitsForABodyWhileTheApplicationEnds() {
        RequestBodyLimits limits = new RequestBodyLimits();
        limits.end();
        InputStream late = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("this would wait");
            }
        };
        ByteArrayInputStream arrived = new ByteArrayInputStream(new byte[10]);

        assertThat(RequestBodyDrain.drain(request(10, late), 0, limits)).isFalse();
        assertThat(RequestBodyDrain.drain(request(10, arrived), 0, limits)).isTrue();
        assertThat(arrived.available()).isZero();
    }

    private static jakarta.servlet.http.HttpServletRequest request(long length, InputStream body) {
        return new InMemoryRequest().body(length, stream(body)).asRequest();
    }

    private static ServletInputStream stream(InputStream from) {
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return from.read();
            }

            @Override
            public int available() throws IOException {
                return from.available();
            }

            @Override
            public boolean isFinished() {
                return false;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new AssertionError("not expected");
            }
        };
    }
}
