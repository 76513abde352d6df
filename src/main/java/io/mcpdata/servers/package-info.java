/** What servers with one store know of each other, and the state that they share besides keys and audit rows. */
@NullMarked
package io.mcpdata.servers;

import org.jspecify.annotations.NullMarked;
