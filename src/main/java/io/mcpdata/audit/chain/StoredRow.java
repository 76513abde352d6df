package io.mcpdata.audit.chain;

import java.util.Optional;

/**
 * A row as the store has it. Immutable.
 *
 * @param hash hexadecimal digits; empty for rows that are older than the chain
 */
record StoredRow(long id, Optional<String> hash, ChainRow row) {}
