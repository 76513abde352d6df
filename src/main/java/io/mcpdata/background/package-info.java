/**
 * Threads from the container, one exception for every way in which the container refuses a thread, periodic tasks, and
 * the clock for time spans.
 */
@NullMarked
package io.mcpdata.background;

import org.jspecify.annotations.NullMarked;
