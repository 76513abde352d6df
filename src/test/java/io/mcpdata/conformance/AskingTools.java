package io.mcpdata.conformance;

import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.InputRequest;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools that ask the client. In revision 2026-07-28 the keys of the questions are those that the suite answers. */
final class AskingTools {

    private static final InputRequest NAME =
            InputRequest.elicitation("What is your name?", form("{\"name\": {\"type\": \"string\"}}", "name"));
    private static final InputRequest CONFIRMATION =
            InputRequest.elicitation("Please confirm", form("{\"ok\": {\"type\": \"boolean\"}}", "ok"));
    private static final InputRequest GREETING = InputRequest.sampling("Generate a greeting", 50);

    private static final String DEFAULTS = """
            {
              "name": {"type": "string", "default": "John Doe"},
              "age": {"type": "integer", "default": 30},
              "score": {"type": "number", "default": 95.5},
              "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
              "verified": {"type": "boolean", "default": true}
            }
            """;

    private static final String ENUMS = """
            {
              "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
              "titledSingle": {
                "type": "string",
                "oneOf": [
                  {"const": "value1", "title": "First Option"},
                  {"const": "value2", "title": "Second Option"},
                  {"const": "value3", "title": "Third Option"}
                ]
              },
              "legacyEnum": {
                "type": "string",
                "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"]
              },
              "untitledMulti": {
                "type": "array",
                "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
              },
              "titledMulti": {
                "type": "array",
                "items": {
                  "anyOf": [
                    {"const": "value1", "title": "First Choice"},
                    {"const": "value2", "title": "Second Choice"},
                    {"const": "value3", "title": "Third Choice"}
                  ]
                }
              }
            }
            """;

    private AskingTools() {}

    static List<ToolHandler> all() {
        return List.of(
                FixtureTool.of("test_sampling", textArgument("prompt"), call -> {
                    JsonObject reply = ask(call, "prompt", InputRequest.sampling(argument(call, "prompt"), 100));
                    return CallToolResult.text("LLM response: " + reply.get("content"));
                }),
                FixtureTool.of("test_elicitation", textArgument("message"), call -> {
                    JsonObject fields = form(
                            "{\"username\": {\"type\": \"string\"}, \"email\": {\"type\": \"string\"}}",
                            "username",
                            "email");
                    JsonObject answer = ask(call, "user", InputRequest.elicitation(argument(call, "message"), fields));
                    return CallToolResult.text("User response: " + answer);
                }),
                FixtureTool.of("test_elicitation_sep1034_defaults", call -> filledIn(call, DEFAULTS)),
                FixtureTool.of("test_elicitation_sep1330_enums", call -> filledIn(call, ENUMS)),
                FixtureTool.of("test_missing_capability", call -> {
                    ask(call, "greeting", GREETING);
                    return CallToolResult.text("The client has the capability.");
                }),
                asking("test_streaming_elicitation", "confirm", CONFIRMATION),
                asking("test_input_required_result_elicitation", "user_name", NAME),
                asking(
                        "test_input_required_result_sampling",
                        "capital_question",
                        InputRequest.sampling("What is the capital of France?", 100)),
                asking("test_input_required_result_list_roots", "client_roots", InputRequest.roots()),
                FixtureTool.of("test_input_required_result_request_state", call -> {
                    ask(call, "confirm", CONFIRMATION);
                    // with a state that the platform did not seal, the call does not come here
                    return CallToolResult.text("state-ok");
                }),
                asking("test_input_required_result_tampered_state", "confirm", CONFIRMATION),
                FixtureTool.of("test_input_required_result_multiple_inputs", call -> {
                    Map<String, InputRequest> requests = new LinkedHashMap<>();
                    requests.put("user_name", NAME);
                    requests.put("greeting", GREETING);
                    requests.put("client_roots", InputRequest.roots());
                    return CallToolResult.text(
                            call.client().ask(requests).keySet().toString());
                }),
                FixtureTool.of("test_input_required_result_multi_round", call -> {
                    JsonObject name = ask(call, "step1", NAME);
                    JsonObject color = ask(
                            call,
                            "step2",
                            InputRequest.elicitation(
                                    "What is your favorite color?",
                                    form("{\"color\": {\"type\": \"string\"}}", "color")));
                    return CallToolResult.text(name + " " + color);
                }),
                FixtureTool.of("test_input_required_result_capabilities", call -> {
                    Map<String, InputRequest> requests = new LinkedHashMap<>(
                            Map.of("user_name", NAME, "greeting", GREETING, "client_roots", InputRequest.roots()));
                    requests.values().removeIf(request -> !call.client().supports(request.kind()));
                    return CallToolResult.text(
                            call.client().ask(requests).keySet().toString());
                }));
    }

    /** The answer to one question. */
    static JsonObject ask(CallContext call, String key, InputRequest question) {
        return call.client().ask(Map.of(key, question)).getOrDefault(key, JsonObject.EMPTY_JSON_OBJECT);
    }

    /** The schema of a form. */
    static JsonObject form(String properties, String... required) {
        return Json.object()
                .add("type", "object")
                .add("properties", Json.readObject(properties))
                .add("required", Json.strings(List.of(required)))
                .build();
    }

    private static FixtureTool asking(String tool, String key, InputRequest question) {
        return FixtureTool.of(tool, call -> CallToolResult.text("Answer: " + ask(call, key, question)));
    }

    private static CallToolResult filledIn(ToolInvocation call, String properties) {
        JsonObject answer = ask(call, "form", InputRequest.elicitation("Please fill in the form", form(properties)));
        return CallToolResult.text(
                "Elicitation completed: action=" + answer.getString("action") + ", content=" + answer.get("content"));
    }

    private static String textArgument(String name) {
        return "{\"type\": \"object\", \"properties\": {\"" + name + "\": {\"type\": \"string\"}}, \"required\": [\""
                + name + "\"]}";
    }

    private static String argument(ToolInvocation call, String name) {
        return call.arguments().getString(name);
    }
}
