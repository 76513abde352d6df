package io.mcpdata.audit.chain;

import java.util.Optional;

/**
 * What the signing of the newest row found. Immutable.
 *
 * @param row the row that the newest checkpoint is about now
 * @param keyId of the key that signed it
 * @param broken what was found between the last checkpoint and this one
 * @param formerKey the id of the key that signed before, if it was another
 */
public record ChainSigning(ChainPosition row, String keyId, Optional<ChainBreak> broken, Optional<String> formerKey) {}
