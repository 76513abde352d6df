package io.mcpdata.gateway;

import io.mcpdata.protocol.CallToolResult;

/**
 * The result of a tool.
 *
 * @param rows rows returned, for the audit row; -1 where it does not apply
 */
public record ToolResponse(CallToolResult result, long rows) {}
