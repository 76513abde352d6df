package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code LoggingLevel} of the MCP schema, the least severe first (RFC 5424). */
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The parameters of {@code logging/setLevel}.
     *
     * @throws ProtocolException ({@code INVALID_PARAMS}) if there is no such level
     */
    public static LogLevel from(JsonObject params) {
        return required(Members.text(params, "params", "level"));
    }

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if there is no such level */
    static LogLevel required(String label) {
        return Arrays.stream(values())
                .filter(level -> level.label().equals(label))
                .findFirst()
                .orElseThrow(() -> ProtocolException.invalidParams("the log level must be one of "
                        + Arrays.stream(values()).map(LogLevel::label).collect(Collectors.joining(", "))));
    }
}
