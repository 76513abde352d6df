/** Starts real servers with the packaged WAR, the way an operator does. */
@NullMarked
package io.mcpdata.container.server;

import org.jspecify.annotations.NullMarked;
