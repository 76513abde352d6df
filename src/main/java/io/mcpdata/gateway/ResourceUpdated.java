package io.mcpdata.gateway;

/** A CDI event that a {@link Toolkit} fires when the contents of a resource have changed. Its subscribers are told. */
public record ResourceUpdated(String uri) {}
