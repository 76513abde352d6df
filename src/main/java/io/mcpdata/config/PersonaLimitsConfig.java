package io.mcpdata.config;

import java.util.Optional;

/**
 * Section {@code limits} of a persona, with the bounds of the section {@code limits}. Empty is what that section says.
 * Only limits that are checked when the caller is known can differ between personas.
 */
public record PersonaLimitsConfig(
        Optional<Integer> streamsPerCaller,
        Optional<Integer> sessionsPerCaller,
        Optional<Integer> callsPerCaller,
        Optional<Integer> callsPerMinute,
        Optional<Integer> requestBytes,
        Optional<Integer> exportRows,
        Optional<Integer> exportBytes,
        Optional<Integer> exportsPerCaller)
        implements ConfigRecord {

    public static final PersonaLimitsConfig NONE = new PersonaLimitsConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static PersonaLimitsConfig read(Section section) {
        section.only(ConfigComponent.names(PersonaLimitsConfig.class));
        return new PersonaLimitsConfig(
                number("streams_per_caller", section),
                number("sessions_per_caller", section),
                number("calls_per_caller", section),
                number("calls_per_minute", section),
                number("request_bytes", section),
                number("export_rows", section),
                number("export_bytes", section),
                number("exports_per_caller", section));
    }

    private static Optional<Integer> number(String key, Section section) {
        return section.isGiven(key)
                ? Optional.of(ConfigComponent.number(LimitsConfig.class, key, section))
                : Optional.empty();
    }

    /** The limits of a caller with this persona. */
    public LimitsConfig over(LimitsConfig ofAll) {
        return equals(NONE)
                ? ofAll
                : new LimitsConfig(
                        streamsPerCaller.orElse(ofAll.streamsPerCaller()),
                        sessionsPerCaller.orElse(ofAll.sessionsPerCaller()),
                        callsPerCaller.orElse(ofAll.callsPerCaller()),
                        callsPerMinute.orElse(ofAll.callsPerMinute()),
                        requestBytes.orElse(ofAll.requestBytes()),
                        ofAll.jsonDepth(),
                        ofAll.resultBytes(),
                        ofAll.sessionIdle(),
                        ofAll.heartbeat(),
                        ofAll.failedAttempts(),
                        ofAll.failedAttemptsPerKey(),
                        ofAll.taskAfter(),
                        exportRows.orElse(ofAll.exportRows()),
                        exportBytes.orElse(ofAll.exportBytes()),
                        exportsPerCaller.orElse(ofAll.exportsPerCaller()),
                        ofAll.exportLifetime());
    }
}
