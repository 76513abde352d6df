/** Sessions bound to their callers, and the watch that ends those whose credential or persona is gone. */
@NullMarked
package io.mcpdata.mcp.session;

import org.jspecify.annotations.NullMarked;
