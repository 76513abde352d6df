/** The endpoint {@code /mcp} on a real server. */
@NullMarked
package io.mcpdata.container.mcp;

import org.jspecify.annotations.NullMarked;
