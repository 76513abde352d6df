/** Databases that tests start themselves, and doubles for parts of the platform that many tests use. */
@NullMarked
package io.mcpdata.testing;

import org.jspecify.annotations.NullMarked;
