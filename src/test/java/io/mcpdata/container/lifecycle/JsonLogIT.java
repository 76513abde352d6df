package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Setup;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** A server whose log is one JSON object a line, as the guide of that server switches it on. */
@ArquillianTest
final class JsonLogIT {

    /** The members of a line with its text, its level and its logger. */
    private static List<String> members() {
        return switch (Setup.fromMaven().server()) {
            case "wildfly" -> List.of("message", "level", "loggerName");
            case "liberty" -> List.of("message", "loglevel", "module");
            default -> List.of("LogMessage", "Level", "LoggerName");
        };
    }

    private static Optional<JsonObject> json(String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            return Optional.of(reader.readObject());
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    @Test
    void lineOfARefusalIsAnObjectWithRequestAndTrace() {
        try (Platform platform = Platform.start(Platform.Options.standard().withExtras(List.of("json-log")))) {
            Web web = new Web(platform);
            String trace = UUID.randomUUID().toString().replace("-", "");
            Answer refused = web.send(web.to("/api/v1/audit", platform.key("viewer"))
                    .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
            assertThat(refused.status()).isEqualTo(403);
            String words = "request=" + refused.json().getString("request_id") + " trace=" + trace;

            List<String> lines = platform.server().awaitLog(words).lines().toList();

            List<String> members = members();
            List<String> ours =
                    lines.stream().filter(line -> line.contains("io.mcpdata.")).toList();
            assertThat(ours)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(line -> assertThat(json(line)).as(line).isPresent());
            assertThat(lines.stream().filter(line -> line.contains(words)))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        JsonObject object = json(line).orElseThrow();
                        assertThat(object).containsKeys(members.toArray(String[]::new));
                        assertThat(object.getString(members.get(0)))
                                .startsWith("refused: ACCESS_DENIED category=")
                                .contains(" address=127.0.0.1 ", words);
                        assertThat(object.getString(members.get(2))).startsWith("io.mcpdata.audit.");
                    });
        }
    }
}
