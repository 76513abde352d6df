package io.mcpdata.audit.chain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The values of a row as the store keeps them, without its number and hash. Immutable.
 *
 * @param time cut to microseconds, as the store would round it
 * @param texts a value for each column, within its length
 * @param rowCount -1 where it does not apply
 */
public record ChainRow(Instant time, Map<TextColumn, String> texts, long durationMicros, long rowCount) {

    public ChainRow {
        time = time.truncatedTo(ChronoUnit.MICROS);
        texts = Collections.unmodifiableMap(new EnumMap<>(texts));
        if (texts.size() != TextColumn.values().length) {
            throw new IllegalArgumentException("a value for each column is needed, found " + texts.keySet());
        }
    }
}
