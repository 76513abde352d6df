/**
 * Threads that a container lends, the one way in which it is said that it lends none, what is done on them from time to
 * time, and the clock for such spans of time.
 */
@NullMarked
package io.mcpdata.background;

import org.jspecify.annotations.NullMarked;
