/**
 * Threads that a container lends, and the one way in which it is said that it lends none.
 */
@NullMarked
package io.mcpdata.thread;

import org.jspecify.annotations.NullMarked;
