/** Checks every message that the platform sends in container tests against the official schema of its MCP revision. */
@org.jspecify.annotations.NullMarked
package io.mcpdata.container.conformance;
