/**
 * {@link io.mcpdata.tool.ToolGateway} is the only way to a tool; {@link io.mcpdata.tool.Toolkit} is the extension point.
 */
@NullMarked
package io.mcpdata.tool;

import org.jspecify.annotations.NullMarked;
