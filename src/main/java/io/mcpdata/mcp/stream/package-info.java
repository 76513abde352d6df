/** Server-Sent Events: bounded queues, one send in flight, and the threads that write. */
@NullMarked
package io.mcpdata.mcp.stream;

import org.jspecify.annotations.NullMarked;
