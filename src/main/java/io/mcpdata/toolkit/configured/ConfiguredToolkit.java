package io.mcpdata.toolkit.configured;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigurationChanged;
import io.mcpdata.config.DocumentConfig;
import io.mcpdata.gateway.DataNames;
import io.mcpdata.gateway.PromptHandler;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.gateway.ResourceUpdated;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.Toolkit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/** The prompts and documents of {@code platform.yaml}, always those of the configuration in force. Thread-safe. */
@ApplicationScoped
public class ConfiguredToolkit implements Toolkit {

    private final ActiveConfiguration configuration;
    private final DataNames names;
    private final Event<ResourceUpdated> updates;

    @Inject
    ConfiguredToolkit(ActiveConfiguration configuration, DataNames names, Event<ResourceUpdated> updates) {
        this.configuration = configuration;
        this.names = names;
        this.updates = updates;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ConfiguredToolkit() {
        this(null, null, null);
    }

    @Override
    public List<ToolHandler> tools() {
        return List.of();
    }

    @Override
    public List<ResourceHandler> resources() {
        return List.of(new DocumentResources(() -> configuration.config().documents()));
    }

    @Override
    public List<PromptHandler> prompts() {
        return configuration.config().prompts().stream()
                .map(prompt -> (PromptHandler) new ConfiguredPrompt(prompt, names))
                .toList();
    }

    /** A document that is new or gone changes the list, which is compared elsewhere. */
    void changed(@Observes ConfigurationChanged change) {
        for (DocumentConfig now : change.current().documents()) {
            change.previous().documents().stream()
                    .filter(before -> before.uri().equals(now.uri()) && !before.equals(now))
                    .forEach(before -> updates.fire(new ResourceUpdated(now.uri())));
        }
    }
}
