package io.mcpdata.testing;

import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.AuditConfig;
import io.mcpdata.config.Glob;
import io.mcpdata.config.GlobRules;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.config.PersonaConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.ServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A configuration the test can change. */
public final class InMemoryConfiguration extends SettableConfiguration {

    public static final Duration IDLE = Duration.ofMinutes(30);
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);
    public static final int STREAMS = 3;
    public static final int CALLS = 2;
    public static final int REQUEST_BYTES = 4096;

    public InMemoryConfiguration() {
        set(with(List.of(persona("analyst", List.of(), "mcp:connect")), limits(0)));
    }

    private static PlatformConfig with(List<PersonaConfig> personas, LimitsConfig limits) {
        return with(personas, AuditConfig.DEFAULT, limits);
    }

    private static PlatformConfig with(List<PersonaConfig> personas, AuditConfig audit, LimitsConfig limits) {
        return new PlatformConfig(ServerConfig.DEFAULT, ApiKeysConfig.NONE, personas, List.of(), audit, limits);
    }

    public void limitCallsAMinute(int calls) {
        set(with(config().personas(), limits(calls)));
    }

    public void audit(AuditConfig.Mode mode) {
        AuditConfig standard = AuditConfig.DEFAULT;
        set(with(
                config().personas(),
                new AuditConfig(
                        standard.enabled(),
                        standard.logToolCalls(),
                        standard.retentionDays(),
                        mode,
                        standard.signingKey(),
                        standard.forward()),
                config().limits()));
    }

    private static LimitsConfig limits(int callsAMinute) {
        LimitsConfig standard = LimitsConfig.DEFAULT;
        return new LimitsConfig(
                STREAMS,
                standard.sessionsPerCaller(),
                CALLS,
                callsAMinute,
                REQUEST_BYTES,
                16,
                standard.resultBytes(),
                IDLE,
                HEARTBEAT,
                standard.failedAttempts(),
                standard.failedAttemptsPerKey(),
                standard.taskAfter(),
                standard.exportRows(),
                standard.exportBytes(),
                standard.exportsPerCaller(),
                standard.exportLifetime());
    }

    public static PersonaConfig persona(String role, List<String> deniedTools, String... permissions) {
        return new PersonaConfig(
                role,
                role,
                "",
                List.of(role),
                10,
                Set.of(permissions),
                new GlobRules(
                        List.of(Glob.parse("*")),
                        deniedTools.stream().map(Glob::parse).toList()),
                GlobRules.ALLOW_ALL);
    }

    public void change(PersonaConfig... personas) {
        set(with(List.of(personas), config().limits()));
    }
}
