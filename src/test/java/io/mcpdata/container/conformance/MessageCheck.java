package io.mcpdata.container.conformance;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a message of the platform, by the schema of a revision. */
final class MessageCheck {

    private static final String FIRST_WITHOUT_ID = "2025-11-25";

    /** Parse error and invalid request: the id of such a request may be unreadable. */
    private static final Set<Integer> WITHOUT_ID = Set.of(-32700, -32600);

    /** The results that can stand for a result of the request, by their {@code resultType}. */
    private static final Map<String, String> OTHER_RESULTS =
            Map.of("input_required", "InputRequiredResult", "task", "CreateTaskResult");

    private final String revision;
    private final RevisionSchema schema;
    private final RevisionSchema known;

    /**
     * @param revision in use
     * @param known the newest revision that the client knows: its members may be sent too
     */
    MessageCheck(String revision, String known) {
        this.revision = revision;
        this.schema = RevisionSchema.of(revision);
        this.known = RevisionSchema.of(known);
    }

    /**
     * The faults of a message; empty if it has none.
     *
     * @param methods of the requests with the message's id
     */
    List<String> problems(JsonObject message, List<String> methods) {
        if (message.containsKey("method")) {
            return fromServer(message);
        }
        if (message.containsKey("error")) {
            return error(message, methods);
        }
        List<String> problems =
                new ArrayList<>(faults(schema.oneOf("JSONRPCResultResponse", "JSONRPCResponse"), message));
        if (methods.isEmpty()) {
            problems.add("no request has the id of this message");
        } else if (message.containsKey("result")) {
            problems.addAll(result(message.get("result"), methods));
        }
        return problems;
    }

    /** A test may use an id twice: the result must fit one of its requests. */
    private List<String> result(JsonValue result, List<String> methods) {
        List<String> problems = List.of();
        for (String method : methods) {
            Optional<String> request = schema.ofMethod("Request", method);
            problems = request.isPresent()
                    ? faults(resultOf(request.get(), result), result)
                    : List.of("the revision has no request " + method + ", so only an error can answer it");
            if (problems.isEmpty()) {
                return problems;
            }
        }
        return problems;
    }

    private String resultOf(String request, JsonValue result) {
        String type = Members.text(result, "resultType");
        String other = OTHER_RESULTS.getOrDefault(type, "");
        if (schema.defines(other) && mayBe(request, type, other)) {
            return other;
        }
        String name = request.replaceFirst("Request$", "Result");
        return schema.defines(name) ? name : "EmptyResult";
    }

    /** Only a tool call becomes a task; the schema says which requests may ask for input. */
    private boolean mayBe(String request, String type, String result) {
        return type.equals("task") ? request.equals("CallToolRequest") : schema.isResultOf(request, result);
    }

    private List<String> fromServer(JsonObject message) {
        String method = Members.text(message, "method");
        String kind = message.containsKey("id") ? "Request" : "Notification";
        List<String> problems = new ArrayList<>(faults("JSONRPC" + kind, message));
        Optional<String> name = schema.ofMethod(kind, method);
        if (name.isEmpty() || !schema.defines("Server" + kind) || !schema.isAlternative(name.get(), "Server" + kind)) {
            problems.add("the revision has no such message of a server");
        } else {
            problems.addAll(faults(name.get(), without(message, name.get())));
        }
        return problems;
    }

    private List<String> error(JsonObject message, List<String> methods) {
        int code = Members.at(message, "error", "code") instanceof JsonNumber number ? number.intValue() : 0;
        List<String> problems = new ArrayList<>();
        JsonObject checked = message;
        if (message.getOrDefault("id", JsonValue.NULL).equals(JsonValue.NULL) && WITHOUT_ID.contains(code)) {
            checked = withUnknownId(message);
        } else if (methods.isEmpty()) {
            problems.add("no request has the id of this message");
        }
        problems.addAll(faults(schema.oneOf("JSONRPCErrorResponse", "JSONRPCError"), checked));
        Optional<String> own = schema.ofErrorCode(code);
        if (own.isPresent()) {
            problems.addAll(faults(own.get(), checked));
        }
        return problems;
    }

    /**
     * Until 2025-06-18 the schema wants an id in every error, even if the request's id is unknown. JSON-RPC 2.0 wants null
     * then, which the schema forbids; so an error without a known id is checked as if it had one.
     */
    private JsonObject withUnknownId(JsonObject message) {
        return revision.compareTo(FIRST_WITHOUT_ID) >= 0
                ? message
                : Json.createObjectBuilder(message).add("id", "unknown").build();
    }

    private List<String> faults(String name, JsonValue value) {
        List<String> faults = new ArrayList<>(schema.problems(name, value));
        faults.addAll((known.defines(name) ? known : schema).undefinedMembers(name, value));
        return faults;
    }

    /** Until 2025-06-18 the definition of a message of a server leaves out the members of JSON-RPC. */
    private JsonObject without(JsonObject message, String name) {
        if (schema.isPart(name, "jsonrpc")) {
            return message;
        }
        return Json.createObjectBuilder(message).remove("jsonrpc").remove("id").build();
    }
}
