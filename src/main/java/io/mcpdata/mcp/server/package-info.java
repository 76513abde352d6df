/** The methods of MCP and the calls they start. Answers go through the exchange; this package knows no transport. */
@NullMarked
package io.mcpdata.mcp.server;

import org.jspecify.annotations.NullMarked;
