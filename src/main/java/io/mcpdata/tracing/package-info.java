/**
 * Spans of calls and statements for OpenTelemetry, by its semantic conventions for MCP and databases. The application has
 * the API alone: without a server or an agent that brings the SDK there are no spans.
 */
@NullMarked
package io.mcpdata.tracing;

import org.jspecify.annotations.NullMarked;
