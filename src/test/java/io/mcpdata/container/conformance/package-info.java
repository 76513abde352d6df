/** The official conformance suite, and the official JSON schemas of MCP against which every answer is checked. */
@NullMarked
package io.mcpdata.container.conformance;

import org.jspecify.annotations.NullMarked;
