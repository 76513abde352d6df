/** Behaviour seen from outside: the packaged WAR on a real server, with raw HTTP. */
@NullMarked
package io.mcpdata.container;

import org.jspecify.annotations.NullMarked;
