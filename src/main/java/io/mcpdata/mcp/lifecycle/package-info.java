/** The end of the application: running calls finish, streams close, SIGTERM is answered. */
@NullMarked
package io.mcpdata.mcp.lifecycle;

import org.jspecify.annotations.NullMarked;
