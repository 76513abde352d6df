/** Databases that tests start for themselves, and what stands in for parts of the platform in many of them. */
@NullMarked
package io.mcpdata.testing;

import org.jspecify.annotations.NullMarked;
