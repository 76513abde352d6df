package io.mcpdata.conformance;

import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.PromptHandler;
import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.ContentBlock;
import io.mcpdata.protocol.GetPromptResult;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.Prompt;
import io.mcpdata.protocol.Prompt.Argument;
import io.mcpdata.protocol.PromptMessage;
import io.mcpdata.protocol.PromptMessage.Role;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** One prompt of the suite. */
record FixturePrompt(Prompt description, BiFunction<CallContext, Map<String, String>, List<PromptMessage>> messages)
        implements PromptHandler {

    static List<PromptHandler> all() {
        return List.of(
                simple("test_simple_prompt", "This is a simple prompt for testing."),
                of(
                        "test_prompt_with_arguments",
                        List.of("arg1", "arg2"),
                        (call, arguments) -> List.of(PromptMessage.user("Prompt with arguments: arg1='"
                                + arguments.get("arg1") + "', arg2='" + arguments.get("arg2") + "'"))),
                of(
                        "test_prompt_with_embedded_resource",
                        List.of("resourceUri"),
                        (call, arguments) -> List.of(
                                user(Media.embedded(
                                        arguments.getOrDefault("resourceUri", ""),
                                        "text/plain",
                                        "Embedded resource content for testing.")),
                                PromptMessage.user("Please process the embedded resource above."))),
                of(
                        "test_prompt_with_image",
                        List.of(),
                        (call, arguments) ->
                                List.of(user(Media.IMAGE), PromptMessage.user("Please analyze the image above."))),
                of("test_input_required_result_prompt", List.of(), (call, arguments) -> {
                    InputRequest question = InputRequest.elicitation(
                            "What context should the prompt use?",
                            AskingTools.form("{\"context\": {\"type\": \"string\"}}", "context"));
                    return List.of(PromptMessage.user("Context: " + AskingTools.ask(call, "user_context", question)));
                }));
    }

    static FixturePrompt simple(String name, String text) {
        return of(name, List.of(), (call, arguments) -> List.of(PromptMessage.user(text)));
    }

    private static FixturePrompt of(
            String name,
            List<String> arguments,
            BiFunction<CallContext, Map<String, String>, List<PromptMessage>> messages) {
        List<Argument> required = arguments.stream()
                .map(argument -> new Argument(argument, "", "", true))
                .toList();
        return new FixturePrompt(new Prompt(name, "", "A prompt of the conformance suite.", required), messages);
    }

    private static PromptMessage user(ContentBlock content) {
        return new PromptMessage(Role.USER, content);
    }

    @Override
    public Prompt describe() {
        return description;
    }

    @Override
    public GetPromptResult get(CallContext context, Map<String, String> arguments) {
        return new GetPromptResult("", messages.apply(context, arguments));
    }

    @Override
    public List<String> complete(CallContext context, CompleteRequest request) {
        return Stream.of("testValue1", "testValue2")
                .filter(value -> value.startsWith(request.value()))
                .toList();
    }
}
