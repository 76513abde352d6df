package io.mcpdata.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Describes the differences between two configurations: names and key ids, never a value. */
final class ConfigDiff {

    private final List<String> changes = new ArrayList<>();

    static List<String> between(PlatformConfig before, PlatformConfig after) {
        ConfigDiff diff = new ConfigDiff();
        diff.server(before.server(), after.server());
        diff.entries(
                "api key",
                byName(before.apiKeys().keys(), ConfigDiff::label),
                byName(after.apiKeys().keys(), ConfigDiff::label));
        diff.whole(
                "auth.api_keys.enabled",
                before.apiKeys().enabled(),
                after.apiKeys().enabled());
        diff.whole(
                "auth.api_keys.query_parameter",
                before.apiKeys().queryParameter(),
                after.apiKeys().queryParameter());
        diff.whole("auth.oidc.enabled", before.oidc().enabled(), after.oidc().enabled());
        diff.whole("auth.oidc.cookie", before.oidc().cookie(), after.oidc().cookie());
        diff.entries(
                "issuer",
                byName(before.oidc().issuers(), IssuerConfig::issuer),
                byName(after.oidc().issuers(), IssuerConfig::issuer));
        diff.entries(
                "persona",
                byName(before.personas(), PersonaConfig::name),
                byName(after.personas(), PersonaConfig::name));
        diff.order(before.personas(), after.personas());
        diff.entries(
                "connection",
                byName(before.connections(), ConnectionConfig::name),
                byName(after.connections(), ConnectionConfig::name));
        diff.audit(before.audit(), after.audit());
        diff.limits(before.limits(), after.limits());
        return List.copyOf(diff.changes);
    }

    private void server(ServerConfig before, ServerConfig after) {
        whole("server.name", before.name(), after.name());
        whole("server.public_url", before.publicUrl(), after.publicUrl());
        whole("server.allowed_origins", before.allowedOrigins(), after.allowedOrigins());
        whole("server.trusted_proxies", before.trustedProxies(), after.trustedProxies());
        if (!before.dataDirectory().equals(after.dataDirectory())) {
            changes.add("server.data_dir changed; this takes effect at the next start");
        }
    }

    private void audit(AuditConfig before, AuditConfig after) {
        whole("audit.enabled", before.enabled(), after.enabled());
        whole("audit.log_tool_calls", before.logToolCalls(), after.logToolCalls());
        whole("audit.retention_days", before.retentionDays(), after.retentionDays());
        whole("audit.mode", before.mode(), after.mode());
    }

    private void limits(LimitsConfig before, LimitsConfig after) {
        whole("limits.streams_per_caller", before.streamsPerCaller(), after.streamsPerCaller());
        whole("limits.calls_per_caller", before.callsPerCaller(), after.callsPerCaller());
        whole("limits.calls_per_minute", before.callsPerMinute(), after.callsPerMinute());
        whole("limits.request_bytes", before.requestBytes(), after.requestBytes());
        whole("limits.json_depth", before.jsonDepth(), after.jsonDepth());
        whole("limits.result_bytes", before.resultBytes(), after.resultBytes());
        whole("limits.session_idle", before.sessionIdle(), after.sessionIdle());
        whole("limits.heartbeat", before.heartbeat(), after.heartbeat());
        whole("limits.failed_attempts", before.failedAttempts(), after.failedAttempts());
        whole("limits.failed_attempts_per_key", before.failedAttemptsPerKey(), after.failedAttemptsPerKey());
    }

    /** Of two personas with one priority the first in the file wins, so their order affects permissions. */
    private void order(List<PersonaConfig> before, List<PersonaConfig> after) {
        List<String> was = before.stream().map(PersonaConfig::name).toList();
        List<String> is = after.stream().map(PersonaConfig::name).toList();
        if (!was.stream()
                .filter(is::contains)
                .toList()
                .equals(is.stream().filter(was::contains).toList())) {
            changes.add("personas in another order");
        }
    }

    private static String label(ApiKeyConfig key) {
        return key.name() + " (" + key.digest().id() + ")";
    }

    private static <T> Map<String, T> byName(List<T> entries, Function<T, String> name) {
        return entries.stream()
                .collect(Collectors.toMap(name, Function.identity(), (first, second) -> second, LinkedHashMap::new));
    }

    private void whole(String what, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(what + " changed");
        }
    }

    private <T> void entries(String what, Map<String, T> before, Map<String, T> after) {
        before.forEach((name, entry) -> {
            if (!after.containsKey(name)) {
                changes.add(what + " " + name + " removed");
            } else if (!entry.equals(after.get(name))) {
                changes.add(what + " " + name + " changed");
            }
        });
        after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name -> changes.add(what + " " + name + " added"));
    }
}
