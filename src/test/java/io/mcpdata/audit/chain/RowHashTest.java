package io.mcpdata.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowHashTest {

    @Test
    void hashIsThatOfTheDocumentedBytes() throws Exception {
        ChainRow row = ChainRows.of("sql_query", Instant.parse("2026-01-02T03:04:05.678901999Z"));
        String previous = "ab".repeat(32);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(1);
        bytes.write(HexFormat.of().parseHex(previous));
        List.of(
                        "17",
                        "1767323045678901",
                        "r1",
                        "TOOL_CALL",
                        "SUCCESS",
                        "\u65e5",
                        "api_key:0123456789ab",
                        "api_key",
                        "0123456789ab",
                        "analyst",
                        "analyst write",
                        "192.0.2.7",
                        "curl/8",
                        "",
                        "",
                        "sql_query",
                        "warehouse",
                        "{}",
                        "1234",
                        "-1")
                .forEach(value -> add(bytes, value));

        assertThat(RowHash.of(previous, 17, row))
                .isEqualTo(new ChainPosition(
                        17,
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()))));
    }

    @Test
    void valuesCannotMoveBetweenColumns() {
        ChainRow one = ChainRows.with(ChainRows.of("ab", Instant.EPOCH), TextColumn.CONNECTION, "c");
        ChainRow other = ChainRows.with(ChainRows.of("a", Instant.EPOCH), TextColumn.CONNECTION, "bc");
        assertThat(RowHash.of(ChainPosition.NO_HASH, 1, one)).isNotEqualTo(RowHash.of(ChainPosition.NO_HASH, 1, other));
    }

    private static void add(ByteArrayOutputStream bytes, String value) {
        try {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            new DataOutputStream(bytes).writeInt(text.length);
            bytes.write(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
