package io.mcpdata.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.GlobRules;
import io.mcpdata.config.PersonaConfig;
import io.mcpdata.gateway.ResourceUpdated;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.mcp.sse.SseFixture.Client;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ResourceUpdatesTest {

    private static final String URI = "document://plan";

    private final SseFixture fixture = new SseFixture();
    private final ResourceUpdates updates =
            new ResourceUpdates(fixture.sessions, new PersonaWatch(fixture.personas, fixture.tools));

    /** One configuration can change the document and deny it; the sessions learn their personas a second later. */
    @Test
    void personaInForceDecidesWhoIsToldAndNotThatOfTheLastCheck() {
        fixture.configuration.change(analyst(GlobRules.ALLOW_ALL));
        Client client = fixture.connectInitialized("ann");
        fixture.sessions.find(client.sessionId()).orElseThrow().subscriptions().add(URI);
        updates.updated(new ResourceUpdated(URI));
        fixture.executor.runAll();
        assertThat(told(client)).isEqualTo(1);

        for (PersonaConfig now : List.of(analyst(GlobRules.DENY_ALL), other())) {
            fixture.configuration.change(now);
            updates.updated(new ResourceUpdated(URI));
            fixture.executor.runAll();
            assertThat(told(client)).isEqualTo(1);
        }
    }

    private static long told(Client client) {
        return client.sink().messages().stream()
                .filter(message -> message.contains("notifications/resources/updated"))
                .count();
    }

    private static PersonaConfig other() {
        return persona("other", GlobRules.ALLOW_ALL);
    }

    private static PersonaConfig analyst(GlobRules resources) {
        return persona("analyst", resources);
    }

    private static PersonaConfig persona(String role, GlobRules resources) {
        return new PersonaConfig(
                role,
                role,
                "",
                List.of(role),
                10,
                Set.of("mcp:connect"),
                GlobRules.ALLOW_ALL,
                GlobRules.ALLOW_ALL,
                resources,
                GlobRules.ALLOW_ALL,
                GlobRules.DENY_ALL);
    }
}
