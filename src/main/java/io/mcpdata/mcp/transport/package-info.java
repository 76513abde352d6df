/**
 * MCP over HTTP: JAX-RS endpoints, Server-Sent Events streams, and the sessions bound to their callers.
 */
@NullMarked
package io.mcpdata.mcp.transport;

import org.jspecify.annotations.NullMarked;
