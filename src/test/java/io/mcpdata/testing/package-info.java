/** Databases that tests start for themselves. */
@NullMarked
package io.mcpdata.testing;

import org.jspecify.annotations.NullMarked;
