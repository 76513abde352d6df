/**
 * Threads that a container lends, the one way in which it is said that it lends none, and what is done on them seldom.
 */
@NullMarked
package io.mcpdata.thread;

import org.jspecify.annotations.NullMarked;
