package io.mcpdata.tool;

import io.mcpdata.mcp.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.regex.Pattern;

/** Arguments as an audit row may show them: what is named like a secret is left out. */
final class AuditedParameters {

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|passwd|secret|token|api_?key|authorization).*");

    private AuditedParameters() {}

    static String of(JsonObject arguments) {
        JsonObjectBuilder shown = Json.object();
        arguments.forEach((name, value) -> {
            if (SECRET.matcher(name).matches()) {
                shown.add(name, "[redacted]");
            } else {
                shown.add(name, value);
            }
        });
        return Json.write(shown.build());
    }
}
