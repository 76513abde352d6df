package io.mcpdata.audit.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A signed statement about the chain. Immutable.
 *
 * @param writer whose chain it is about; empty where one server alone writes
 * @param number 0 for the base; of the others, a later one has a higher number
 * @param row the row that it is about
 * @param keyId of the key that signed it; empty if none has yet
 * @param signature hexadecimal digits
 * @param others the heads of the other chains then, as {@link OtherChains} writes them
 */
record Checkpoint(
        String writer,
        long number,
        Kind kind,
        ChainPosition row,
        Instant madeAt,
        String keyId,
        String signature,
        String others) {

    /** What is stated. */
    enum Kind {
        /** The first row that is kept follows this row. */
        BASE,
        /** The chain reached this row. */
        HEAD
    }

    private static final String DOMAIN = "mcp-data-platform audit checkpoint 1";

    Checkpoint {
        madeAt = madeAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** Without other chains. */
    Checkpoint(
            String writer, long number, Kind kind, ChainPosition row, Instant madeAt, String keyId, String signature) {
        this(writer, number, kind, row, madeAt, keyId, signature, "");
    }

    static Checkpoint signed(String writer, long number, Kind kind, ChainPosition row, Instant madeAt, SigningKey key) {
        return new Checkpoint(writer, number, kind, row, madeAt, "", "").signedBy(key);
    }

    /** The head of a chain, with those of the others. */
    static Checkpoint head(
            String writer, long number, ChainPosition row, Instant madeAt, SigningKey key, String others) {
        return new Checkpoint(writer, number, Kind.HEAD, row, madeAt, "", "", others).signedBy(key);
    }

    private Checkpoint signedBy(SigningKey key) {
        return new Checkpoint(writer, number, kind, row, madeAt, key.id(), key.sign(signedBytes()), others);
    }

    boolean isSigned() {
        return !keyId.isEmpty() || !signature.isEmpty();
    }

    boolean isSignedBy(PublicSigningKey key) {
        return keyId.equals(key.id()) && key.verifies(signedBytes(), signature);
    }

    private byte[] signedBytes() {
        String text = String.join("\n", DOMAIN, kind.name(), row.toString(), String.valueOf(RowHash.micros(madeAt)));
        return (writer.isEmpty() ? text : text + "\n" + writer + "\n" + others).getBytes(StandardCharsets.US_ASCII);
    }
}
