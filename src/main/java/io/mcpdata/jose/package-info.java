/**
 * Public keys of identity providers, as text and as what they may be used for. Plain Java SE and Nimbus, so that the
 * reader of the configuration and the judge of tokens find the same keys good.
 */
@NullMarked
package io.mcpdata.jose;

import org.jspecify.annotations.NullMarked;
