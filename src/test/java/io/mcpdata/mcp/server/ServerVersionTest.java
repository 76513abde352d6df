package io.mcpdata.mcp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ServerVersionTest {

    @Test
    void versionIsWhatMavenWrote() throws IOException {
        byte[] written = "#Generated\ngroupId=io.mcpdata\nversion=1.2.3\n".getBytes(ISO_8859_1);

        assertThat(ServerVersion.in(new ByteArrayInputStream(written))).isEqualTo("1.2.3");
    }

    @Test
    void archiveWithoutItHasNoVersion() throws IOException {
        assertThat(ServerVersion.in(null)).isEqualTo("unknown");
    }
}
