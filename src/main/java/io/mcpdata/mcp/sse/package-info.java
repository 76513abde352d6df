/** HTTP with Server-Sent Events, MCP 2024-11-05: endpoints, stream tickets and session tokens. */
@NullMarked
package io.mcpdata.mcp.sse;

import org.jspecify.annotations.NullMarked;
