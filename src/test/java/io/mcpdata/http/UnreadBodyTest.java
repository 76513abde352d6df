package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class UnreadBodyTest {

    @Test
    void aSmallBodyIsReadToItsEnd() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[10_000]);

        UnreadBody.drain(body);

        assertThat(body.available()).isZero();
    }

    @Test
    void aLargeBodyIsLeft() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[1_000_000]);

        UnreadBody.drain(body);

        assertThat(body.available()).isGreaterThan(900_000);
    }

    @Test
    void aBrokenBodyChangesNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client has left");
            }
        };

        assertThatCode(() -> UnreadBody.drain(broken)).doesNotThrowAnyException();
    }
}
