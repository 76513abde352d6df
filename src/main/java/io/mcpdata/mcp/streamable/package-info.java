/**
 * The endpoint {@code /mcp}: Streamable HTTP with sessions (2025-03-26 to 2025-11-25) and without (2026-07-28).
 */
@NullMarked
package io.mcpdata.mcp.streamable;

import org.jspecify.annotations.NullMarked;
