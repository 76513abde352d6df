/**
 * JSON-RPC 2.0 and the Model Context Protocol as records: no transport, no container. Names are those of the MCP schema.
 */
@NullMarked
package io.mcpdata.protocol;

import org.jspecify.annotations.NullMarked;
