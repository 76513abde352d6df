/** Real MCP clients against the packaged WAR on a real server. */
@NullMarked
package io.mcpdata.endtoend;

import org.jspecify.annotations.NullMarked;
