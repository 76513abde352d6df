package io.mcpdata.gateway;

/**
 * A CDI event that a {@link Toolkit} fires when its tools or resource handlers have changed. Clients whose lists have
 * changed are told within seconds.
 */
public record ToolkitChanged() {}
