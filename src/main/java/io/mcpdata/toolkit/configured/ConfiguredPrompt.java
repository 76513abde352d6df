package io.mcpdata.toolkit.configured;

import io.mcpdata.config.PromptArgumentConfig;
import io.mcpdata.config.PromptArgumentConfig.Completes;
import io.mcpdata.config.PromptConfig;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.DataNames;
import io.mcpdata.gateway.PromptHandler;
import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.GetPromptResult;
import io.mcpdata.protocol.Prompt;
import io.mcpdata.protocol.PromptMessage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A prompt of the configuration.
 *
 * @param names suggests values for arguments that name data
 */
record ConfiguredPrompt(PromptConfig config, DataNames names) implements PromptHandler {

    @Override
    public Prompt describe() {
        return new Prompt(
                config.name(),
                config.title(),
                config.description(),
                config.arguments().stream()
                        .map(argument -> new Prompt.Argument(
                                argument.name(), argument.title(), argument.description(), argument.required()))
                        .toList());
    }

    @Override
    public GetPromptResult get(CallContext context, Map<String, String> arguments) {
        return new GetPromptResult(config.description(), List.of(PromptMessage.user(config.render(arguments))));
    }

    @Override
    public List<String> complete(CallContext context, CompleteRequest request) {
        for (PromptArgumentConfig argument : config.arguments()) {
            if (argument.name().equals(request.argument())) {
                return argument.completes()
                        .map(wanted -> names.names(context, wanted, known(request)))
                        .orElse(argument.values());
            }
        }
        return List.of();
    }

    /** The names that the user has chosen for other arguments. */
    private Map<Completes, String> known(CompleteRequest request) {
        Map<Completes, String> known = new EnumMap<>(Completes.class);
        for (PromptArgumentConfig argument : config.arguments()) {
            String chosen = request.context().getOrDefault(argument.name(), "");
            if (!chosen.isEmpty() && !argument.name().equals(request.argument())) {
                argument.completes().ifPresent(kind -> known.put(kind, chosen));
            }
        }
        return known;
    }
}
