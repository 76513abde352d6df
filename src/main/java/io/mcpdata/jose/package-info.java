/**
 * Public keys of identity providers: how they are read and which of them may be used. Plain Java SE and Nimbus, so that
 * the configuration reader and the token verification accept the same keys.
 */
@NullMarked
package io.mcpdata.jose;

import org.jspecify.annotations.NullMarked;
