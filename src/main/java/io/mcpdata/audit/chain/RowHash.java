package io.mcpdata.audit.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** The hash of a row. {@code docs/audit.md} describes it for programs of others. */
final class RowHash {

    /** Of rows without a trace: as all rows were before they could have one. */
    private static final byte FORMAT = 1;

    private static final byte FORMAT_WITH_TRACE = 2;
    private static final HexFormat HEX = HexFormat.of();

    private RowHash() {}

    /** The row with this number that follows the row with the hash {@code previous}. */
    static ChainPosition of(String previous, long id, ChainRow row) {
        MessageDigest hash = sha256();
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        String trace = row.texts().getOrDefault(TextColumn.TRACE_ID, "");
        hash.update(trace.isEmpty() ? FORMAT : FORMAT_WITH_TRACE);
        hash.update(HEX.parseHex(previous));
        add(hash, length, String.valueOf(id));
        add(hash, length, String.valueOf(micros(row.time())));
        for (TextColumn column : TextColumn.values()) {
            if (column != TextColumn.TRACE_ID) {
                add(hash, length, row.texts().getOrDefault(column, ""));
            }
        }
        add(hash, length, String.valueOf(row.durationMicros()));
        add(hash, length, String.valueOf(row.rowCount()));
        if (!trace.isEmpty()) {
            add(hash, length, trace);
        }
        return new ChainPosition(id, HEX.formatHex(hash.digest()));
    }

    /** Microseconds since the epoch. */
    static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest hash, ByteBuffer length, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        hash.update(length.putInt(0, bytes.length).array());
        hash.update(bytes);
    }
}
