package io.mcpdata.container.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.EventStream.Event;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A watcher of the audit trail that sees what an operator changes, and comes back after a restart of the server. */
@ArquillianTest
@OnOneServer
@Order(8)
final class EventsAfterRestartIT {

    @Test
    void changesAreWatchedAndTheWatcherComesBackAfterARestart() {
        Platform second = SecondPlatform.with(Platform.standardYaml());
        Web own = new Web(second);
        List<String> rows = new ArrayList<>();
        long last;
        try (EventStream stream = own.open(own.to(EventsIT.EVENTS, second.key("admin")))) {
            stream.next("ready");
            second.configure(Platform.standardYaml().replace("priority: 10", "priority: 11"));
            rows.add(change(stream, "CONFIGURATION_CHANGE"));
            second.configure("personas: [");
            rows.add(change(stream, "CONFIGURATION_CHANGE"));
            second.configure(Platform.standardYaml());
            rows.add(change(stream, "CONFIGURATION_CHANGE"));
            own.post("/api/v1/keys", second.key("admin"), "{\"name\": \"made\", \"roles\": [\"viewer\"]}");
            Event event;
            do {
                event = stream.next("audit");
            } while (!event.data().contains("KEY_CHANGE"));
            rows.add(event.json().getString("category"));
            last = Long.parseLong(event.id());
            own.get("/api/v1/audit/0", second.key("auditor"));
        }
        assertThat(rows)
                .containsExactly(
                        "configuration_changed", "configuration_rejected", "configuration_changed", "key_created");

        Platform again = SecondPlatform.startAgain();
        Web after = new Web(again);
        try (EventStream stream = EventsIT.watchAfter(after, again, last)) {
            assertThat(stream.next("ready").id()).isEqualTo(Long.toString(last));
            Event missed = stream.next("audit");
            assertThat(Long.parseLong(missed.id())).isEqualTo(last + 1);
            assertThat(missed.json().getString("category")).isEqualTo("audit_row_shown");
        }
    }

    private static String change(EventStream stream, String type) {
        while (true) {
            JsonObject row = stream.next("audit").json();
            if (row.getString("type").equals(type)) {
                return row.getString("category");
            }
        }
    }
}
