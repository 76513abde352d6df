package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The notifications that a client wants, in {@code subscriptions/listen} of revision 2026-07-28.
 *
 * @param lists the members of the filter that name a list
 * @param resources the URIs of the resources whose updates it wants
 */
public record SubscriptionFilter(Set<String> lists, List<String> resources) {

    /** Resources of one client. */
    public static final int MOST_RESOURCES = 1_000;

    private static final String RESOURCES = "resourceSubscriptions";
    private static final String TASKS = "taskIds";

    private static final Map<String, String> METHODS = new TreeMap<>(Map.of(
            "notifications/tools/list_changed", "toolsListChanged",
            "notifications/prompts/list_changed", "promptsListChanged",
            "notifications/resources/list_changed", "resourcesListChanged"));

    public SubscriptionFilter {
        lists = Set.copyOf(lists);
        resources = List.copyOf(resources);
    }

    /**
     * The states of tasks are not sent, which a client sees in what is agreed; it asks for them.
     *
     * @param capabilities of the client
     * @throws ProtocolException ({@code INVALID_PARAMS}) if there is no filter, a URI is not a string, or there are too
     *     many; ({@code MISSING_CLIENT_CAPABILITY}) if a client that does not understand tasks names some
     */
    public static SubscriptionFilter from(JsonObject params, JsonObject capabilities) {
        JsonObject wanted = Members.object(params, "params", "notifications");
        if (wanted.containsKey(TASKS)) {
            Task.require(capabilities);
        }
        Set<String> lists = new TreeSet<>(METHODS.values());
        lists.removeIf(member -> !JsonValue.TRUE.equals(wanted.get(member)));
        return new SubscriptionFilter(lists, uris(wanted.getOrDefault(RESOURCES, JsonValue.EMPTY_JSON_ARRAY)));
    }

    private static List<String> uris(JsonValue value) {
        if (value instanceof JsonArray array && array.stream().allMatch(JsonString.class::isInstance)) {
            List<String> uris =
                    array.getValuesAs(JsonString::getString).stream().distinct().toList();
            if (uris.size() > MOST_RESOURCES) {
                throw ProtocolException.invalidParams("params.notifications." + RESOURCES + " has " + uris.size()
                        + " URIs; at most " + MOST_RESOURCES + " are taken");
            }
            return uris;
        }
        throw ProtocolException.invalidParams("params.notifications." + RESOURCES + " must be an array of strings");
    }

    /** The same filter with only the resources that the client may read. */
    public SubscriptionFilter limitedTo(Predicate<String> readable) {
        return new SubscriptionFilter(lists, resources.stream().filter(readable).toList());
    }

    /** What the platform agrees to. */
    public JsonObject toJson() {
        JsonObjectBuilder agreed = Json.object();
        new TreeSet<>(lists).forEach(member -> agreed.add(member, true));
        return (resources.isEmpty() ? agreed : agreed.add(RESOURCES, Json.strings(resources))).build();
    }

    /** Whether the client wants this notification, which is not one about a resource. */
    public boolean wants(String method) {
        return lists.contains(String.valueOf(METHODS.get(method)));
    }
}
