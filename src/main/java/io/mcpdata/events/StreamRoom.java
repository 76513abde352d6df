package io.mcpdata.events;

import io.mcpdata.mcp.stream.OutboundBudget;

/**
 * Counts what waits in the queue of one stream. A stream gets rows only while it has room, so that no stream is closed
 * because many rows arise at once. Thread-safe.
 */
final class StreamRoom implements OutboundBudget.Share {

    /** Rows offered at once; well below the capacity of a stream. */
    static final int ROWS = 200;

    private static final long CHARACTERS = 256 * 1024;

    private int events;
    private long characters;

    @Override
    public synchronized boolean take(long taken) {
        events++;
        characters += taken;
        return true;
    }

    @Override
    public synchronized void give(long given) {
        events--;
        characters -= given;
    }

    synchronized boolean isFree() {
        return events < ROWS && characters < CHARACTERS;
    }
}
