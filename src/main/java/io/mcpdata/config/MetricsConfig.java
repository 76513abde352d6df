package io.mcpdata.config;

import java.util.List;

/**
 * Section {@code metrics}.
 *
 * @param allowedNetworks networks from which {@code /metrics} is answered without a credential; empty means all
 */
public record MetricsConfig(
        @ConfigKey(
                value = "public",
                about =
                        "Whether /metrics is answered without a credential; if not, the permission metrics:read is needed",
                standard = "false")
        boolean open,

        List<NetworkRange> allowedNetworks)
        implements ConfigRecord {

    public static final MetricsConfig DEFAULT = ConfigComponent.standard(MetricsConfig.class);

    public MetricsConfig {
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    /** Whether a client of this address needs no credential. */
    public boolean isOpenTo(String clientAddress) {
        return open
                && (allowedNetworks.isEmpty()
                        || allowedNetworks.stream().anyMatch(network -> network.contains(clientAddress)));
    }
}
