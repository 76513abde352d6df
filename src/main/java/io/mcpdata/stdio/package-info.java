/**
 * The command line: {@code keygen}, {@code check}, {@code keys} and {@code version}, and the bridge that implements MCP
 * on standard input and output for clients that start a program. Plain Java SE: it runs from a jar of its own, outside
 * any server.
 */
@NullMarked
package io.mcpdata.stdio;

import org.jspecify.annotations.NullMarked;
