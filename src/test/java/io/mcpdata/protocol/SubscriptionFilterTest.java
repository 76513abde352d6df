package io.mcpdata.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SubscriptionFilterTest {

    @Test
    void asManyResourcesAsASessionMaySubscribeToAreTaken() {
        assertThat(SubscriptionFilter.from(filter(1_000), JsonValue.EMPTY_JSON_OBJECT)
                        .resources())
                .hasSize(1_000);
        assertThatThrownBy(() -> SubscriptionFilter.from(filter(1_001), JsonValue.EMPTY_JSON_OBJECT))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("params.notifications.resourceSubscriptions has 1001 URIs; at most 1000 are taken");
    }

    @Test
    void tasksAreForClientsThatUnderstandThem() {
        JsonObject params = Json.readObject("{\"notifications\":{\"toolsListChanged\":true,\"taskIds\":[\"t-1\"]}}");

        assertThatThrownBy(() -> SubscriptionFilter.from(params, JsonValue.EMPTY_JSON_OBJECT))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_CLIENT_CAPABILITY));
        assertThat(SubscriptionFilter.from(params, Task.requiredCapability()).toJson())
                .hasToString("{\"toolsListChanged\":true}");
    }

    private static JsonObject filter(int resources) {
        List<String> uris =
                IntStream.range(0, resources).mapToObj(i -> "document://" + i).toList();
        return Json.object()
                .add("notifications", Json.object().add("resourceSubscriptions", Json.strings(uris)))
                .build();
    }
}
