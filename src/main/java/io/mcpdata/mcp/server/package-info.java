/** The methods of MCP and the calls they start. Answers go through the exchange; no transport is known here. */
@NullMarked
package io.mcpdata.mcp.server;

import org.jspecify.annotations.NullMarked;
