/**
 * The interface between transports and handlers: {@link io.mcpdata.mcp.exchange.Exchange} is all that a handler of MCP
 * sees of its client.
 */
@NullMarked
package io.mcpdata.mcp.exchange;

import org.jspecify.annotations.NullMarked;
