package io.mcpdata.toolkit.configured;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigurationChanged;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.SkillConfig;
import io.mcpdata.gateway.DataNames;
import io.mcpdata.gateway.PromptHandler;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.gateway.ResourceUpdated;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.Toolkit;
import io.mcpdata.protocol.Skill;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The prompts, documents and skills of {@code platform.yaml}, always those of the configuration in force. Thread-safe. */
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
        return List.of(
                new DocumentResources(() -> configuration.config().documents()),
                new SkillResources(() -> configuration.config().skills()));
    }

    @Override
    public List<Skill> skills() {
        return configuration.config().skills().stream()
                .map(skill -> new ConfiguredSkill(skill).describe())
                .toList();
    }

    @Override
    public List<PromptHandler> prompts() {
        return configuration.config().prompts().stream()
                .map(prompt -> (PromptHandler) new ConfiguredPrompt(prompt, names))
                .toList();
    }

    /** A document or file that is new or gone changes the list, which is compared elsewhere. */
    void changed(@Observes ConfigurationChanged change) {
        Map<String, Object> before = contents(change.previous());
        contents(change.current()).forEach((uri, now) -> {
            if (!before.getOrDefault(uri, now).equals(now)) {
                updates.fire(new ResourceUpdated(uri));
            }
        });
    }

    /** By URI. */
    private static Map<String, Object> contents(PlatformConfig config) {
        Map<String, Object> contents = new LinkedHashMap<>();
        config.documents().forEach(document -> contents.put(document.uri(), document));
        for (SkillConfig skill : config.skills()) {
            skill.files().forEach(file -> contents.put(new ConfiguredSkill(skill).uri(file), file));
        }
        return contents;
    }
}
