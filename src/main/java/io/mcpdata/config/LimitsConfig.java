package io.mcpdata.config;

import java.time.Duration;

/** Section {@code limits}. */
public record LimitsConfig(
        @ConfigKey(about = "Open event streams of one caller", standard = "20", least = 1, most = 100_000)
        int streamsPerCaller,

        @ConfigKey(
                about = "Sessions of /mcp of one caller; the one not used for the longest time ends for a new one",
                standard = "100",
                least = 1,
                most = 100_000)
        int sessionsPerCaller,

        @ConfigKey(
                about = "Calls of one caller that may run at once: of tools, resources, prompts, skills and completion",
                standard = "10",
                least = 1,
                most = 10_000)
        int callsPerCaller,

        @ConfigKey(
                about = "Calls that one caller may begin within a minute, and as many sessions and streams that it may"
                        + " open; 0 for no limit",
                standard = "0",
                least = 0,
                most = 1_000_000)
        int callsPerMinute,

        @ConfigKey(
                about = "Largest request body in bytes",
                standard = "1048576",
                least = 1024,
                most = SERVERS_CAP_ON_BODIES)
        int requestBytes,

        @ConfigKey(about = "Deepest nesting of a request body", standard = "64", least = 4, most = 512)
        int jsonDepth,

        @ConfigKey(
                about = "Largest tool result in bytes; more is cut and marked",
                standard = "1048576",
                least = 1024,
                most = 64 * 1024 * 1024)
        int resultBytes,

        @ConfigKey(about = "A session without a request for so long is closed", standard = "30m")
        Duration sessionIdle,

        @ConfigKey(
                about =
                        "How often an idle stream gets a comment, at most 45s: servers and proxies end a stream that is silent"
                                + " for 60s",
                standard = "15s",
                longest = "45s",
                because = "servers and proxies end a stream that is silent for 60s")
        Duration heartbeat,

        @ConfigKey(
                about = "Credentials of one client address that may be refused within a minute",
                standard = "100",
                least = 1,
                most = 1_000_000)
        int failedAttempts,

        @ConfigKey(
                about = "How often the same credential of one address may be",
                standard = "20",
                least = 1,
                most = 1_000_000)
        int failedAttemptsPerKey,

        @ConfigKey(
                about =
                        "A tool call of a client that understands tasks becomes a task after this time; 0s: only when its"
                                + " tool says so",
                standard = "20s")
        Duration taskAfter,

        @ConfigKey(about = "The most rows of one export", standard = "10000000", least = 1, most = 1_000_000_000)
        int exportRows,

        @ConfigKey(
                about = "The most bytes of one export",
                standard = "1073741824",
                least = 1024,
                most = Integer.MAX_VALUE)
        int exportBytes,

        @ConfigKey(about = "Exports of one caller that may exist at once", standard = "5", least = 1, most = 1_000)
        int exportsPerCaller,

        @ConfigKey(
                about = "An export is removed after this time",
                standard = "1h",
                longest = "7d",
                because = "exports are no archive: they are copies of data outside its database")
        Duration exportLifetime)
        implements ConfigRecord {

    /** In bytes; under server-config, every server refuses larger bodies before the application sees them. */
    static final int SERVERS_CAP_ON_BODIES = 4 * 1024 * 1024;

    public static final LimitsConfig DEFAULT = ConfigComponent.standard(LimitsConfig.class);
}
