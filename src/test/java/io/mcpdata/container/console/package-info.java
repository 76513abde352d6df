/** The operator's console, on a real server and in a real browser. */
@NullMarked
package io.mcpdata.container.console;

import org.jspecify.annotations.NullMarked;
