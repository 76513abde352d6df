/** The official conformance suite of MCP, run with a key against each server. */
@NullMarked
package io.mcpdata.container.conformance;

import org.jspecify.annotations.NullMarked;
