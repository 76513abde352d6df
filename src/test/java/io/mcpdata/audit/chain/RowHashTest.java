package io.mcpdata.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowHashTest {

    private static final List<String> VALUES = List.of(
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
            "-1");

    @Test
    void hashIsThatOfTheDocumentedBytes() throws Exception {
        ChainRow row = ChainRows.of("sql_query", Instant.parse("2026-01-02T03:04:05.678901999Z"));
        String previous = "ab".repeat(32);
        assertThat(RowHash.of(previous, 17, row)).isEqualTo(documented(1, previous, VALUES));
    }

    /** So the rows of before there were traces have the hashes that they had. */
    @Test
    void rowWithATraceBeginsWithAnotherByteAndEndsWithIt() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        ChainRow row = ChainRows.with(
                ChainRows.of("sql_query", Instant.parse("2026-01-02T03:04:05.678901999Z")), TextColumn.TRACE_ID, trace);
        String previous = "ab".repeat(32);
        List<String> values = new ArrayList<>(VALUES);
        values.add(trace);
        assertThat(RowHash.of(previous, 17, row)).isEqualTo(documented(2, previous, values));
    }

    private static ChainPosition documented(int format, String previous, List<String> values) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(format);
        bytes.write(HexFormat.of().parseHex(previous));
        values.forEach(value -> add(bytes, value));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        return new ChainPosition(17, HexFormat.of().formatHex(hash));
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
