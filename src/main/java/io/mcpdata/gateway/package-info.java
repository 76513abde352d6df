/**
 * {@link io.mcpdata.gateway.ToolGateway} is the only way to a tool; {@link io.mcpdata.gateway.Toolkit} is the extension point.
 */
@NullMarked
package io.mcpdata.gateway;

import org.jspecify.annotations.NullMarked;
