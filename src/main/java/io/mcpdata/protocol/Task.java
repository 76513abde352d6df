package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/**
 * {@code DetailedTask} of the tasks extension (SEP-2663): a call that outlives its request. Immutable and thread-safe.
 *
 * @param outcome compact JSON of the call's result if the task is completed, of a JSON-RPC error if it has failed; empty
 *     otherwise
 * @param requests what the client is asked for; empty if the task needs no input
 */
public record Task(
        String id,
        Status status,
        Instant createdAt,
        Instant lastUpdatedAt,
        Duration lifetime,
        String outcome,
        Map<String, InputRequest> requests)
        implements FeatureResult {

    /** The name of the extension. */
    public static final String EXTENSION = "io.modelcontextprotocol/tasks";

    /** How often a client should ask. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** {@code TaskStatus} of the extension. */
    public enum Status {
        WORKING,
        INPUT_REQUIRED,
        COMPLETED,
        FAILED,
        CANCELLED;

        public boolean isFinal() {
            return this != WORKING && this != INPUT_REQUIRED;
        }
    }

    public Task {
        requests = Map.copyOf(requests);
    }

    /** Whether a client with these capabilities understands tasks. */
    public static boolean isIn(JsonObject capabilities) {
        return capabilities.get("extensions") instanceof JsonObject extensions && extensions.containsKey(EXTENSION);
    }

    /** @throws ProtocolException ({@code MISSING_CLIENT_CAPABILITY}) if a client with these capabilities does not */
    public static void require(JsonObject capabilities) {
        if (!isIn(capabilities)) {
            throw new ProtocolException(
                    ErrorCode.MISSING_CLIENT_CAPABILITY,
                    "This needs a client with the extension " + EXTENSION + ".",
                    Json.object()
                            .add("requiredCapabilities", requiredCapability())
                            .build());
        }
    }

    /** The capability as a client would declare it. */
    public static JsonObject requiredCapability() {
        return Json.object()
                .add("extensions", Json.object().add(EXTENSION, Json.object()))
                .build();
    }

    /** The answer to {@code tasks/get}. */
    @Override
    public String write(ClientRevision client) {
        JsonObjectBuilder json = seed();
        if (!requests.isEmpty()) {
            JsonObjectBuilder asked = Json.object();
            requests.forEach((key, request) -> asked.add(key, request.toJson()));
            json.add("inputRequests", asked);
        }
        String text = Json.write(json.build());
        return outcome.isEmpty()
                ? text
                : text.substring(0, text.length() - 1) + (status == Status.FAILED ? ",\"error\":" : ",\"result\":")
                        + outcome + "}";
    }

    /** The answer to the call that became a task. */
    public FeatureResult created() {
        String text = Json.write(seed().build());
        return new FeatureResult() {
            @Override
            public String write(ClientRevision client) {
                return text;
            }

            @Override
            public String type() {
                return "task";
            }
        };
    }

    private JsonObjectBuilder seed() {
        return Json.object()
                .add("taskId", id)
                .add("status", status.name().toLowerCase(Locale.ROOT))
                .add("createdAt", createdAt.truncatedTo(ChronoUnit.MILLIS).toString())
                .add(
                        "lastUpdatedAt",
                        lastUpdatedAt.truncatedTo(ChronoUnit.MILLIS).toString())
                .add("ttlMs", lifetime.toMillis())
                .add("pollIntervalMs", POLL.toMillis());
    }
}
