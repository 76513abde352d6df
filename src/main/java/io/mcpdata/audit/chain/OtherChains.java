package io.mcpdata.audit.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the checkpoints of each server say about the chains of the others: {@code name=ID:HASH}, separated by blanks.
 * Immutable and thread-safe.
 */
final class OtherChains {

    private final ChainReads reads;
    private final List<String> writers;

    /** @param writers those that the store knows */
    OtherChains(ChainReads reads, List<String> writers) {
        this.reads = reads;
        this.writers = List.copyOf(writers);
    }

    /** The newest head of every other chain, as far as the key has signed it. */
    static String headsBut(String writer, ChainReads reads, PublicSigningKey key) {
        return reads.read(ChainTables::writers).stream()
                .filter(other -> !other.equals(writer))
                .flatMap(other -> stateOf(other, reads)
                        .newestHead()
                        .filter(head -> head.isSignedBy(key))
                        .map(head -> other + "=" + head.row())
                        .stream())
                .collect(Collectors.joining(" "));
    }

    /** A row of another chain that a server has signed and that is not there, although it is not expired. */
    Optional<ChainBreak> gone() {
        Map<String, ChainState> states = writers.stream()
                .collect(Collectors.toMap(
                        writer -> writer, writer -> stateOf(writer, reads), (one, other) -> one, TreeMap::new));
        return states.values().stream()
                .flatMap(state -> state.newestHead().stream())
                .flatMap(head -> Stream.of(head.others().split(" "))
                        .filter(other -> other.contains("="))
                        .flatMap(other -> gone(head.writer(), other, states).stream()))
                .findFirst();
    }

    private Optional<ChainBreak> gone(String by, String text, Map<String, ChainState> states) {
        String writer = text.substring(0, text.indexOf('='));
        ChainPosition row = ChainPosition.parse(text.substring(writer.length() + 1));
        ChainState state = states.get(writer);
        if (state != null && (isExpired(row, state.begin()) || isThere(writer, row))) {
            return Optional.empty();
        }
        return Optional.of(new ChainBreak(
                ChainBreak.Kind.ROWS_CUT_OFF,
                row.id(),
                "row " + row.id() + " of the server " + writer + " is missing, and the server " + by
                        + " has signed that it was there"));
    }

    private static boolean isExpired(ChainPosition row, ChainPosition begin) {
        return begin.equals(row) || begin.id() > row.id() && !begin.hash().equals(ChainPosition.NO_HASH);
    }

    private boolean isThere(String writer, ChainPosition row) {
        return reads.read(handle -> new ChainTables(handle, writer).rowsAfter(row.id() - 1, 1)).stream()
                .anyMatch(found -> found.id() == row.id() && found.hash().equals(Optional.of(row.hash())));
    }

    private static ChainState stateOf(String writer, ChainReads reads) {
        return reads.read(handle -> new ChainTables(handle, writer).state());
    }
}
