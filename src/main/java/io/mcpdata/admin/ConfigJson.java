package io.mcpdata.admin;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.GlobRules;
import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.config.OidcConfig;
import io.mcpdata.config.PersonaConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.ServerConfig;
import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Writes a configuration under the names of the file. A key appears by its id only, a connection by its kind. */
final class ConfigJson {

    private ConfigJson() {}

    static JsonObjectBuilder of(PlatformConfig config) {
        JsonArrayBuilder connections = Json.array();
        config.connections().forEach(connection -> connections.add(connection(connection)));
        JsonObjectBuilder personas = Json.object();
        config.personas().forEach(persona -> personas.add(persona.name(), persona(persona)));
        return Json.object()
                .add("server", server(config.server()))
                .add("oidc", oidc(config.oidc()))
                .add("api_keys", keys(config.apiKeys()))
                .add("personas", personas)
                .add("connections", connections)
                .add(
                        "audit",
                        Json.object()
                                .add("enabled", config.audit().enabled())
                                .add("log_tool_calls", config.audit().logToolCalls())
                                .add("retention_days", config.audit().retentionDays())
                                .add("mode", config.audit().mode().name().toLowerCase(Locale.ROOT)))
                .add("limits", limits(config.limits()));
    }

    private static JsonObjectBuilder server(ServerConfig server) {
        JsonObjectBuilder json = Json.object().add("name", server.name());
        server.publicUrl().ifPresent(url -> json.add("public_url", url.toString()));
        return json.add("allowed_origins", Json.strings(server.allowedOrigins()))
                .add("trusted_proxies", texts(server.trustedProxies()));
    }

    private static JsonObjectBuilder oidc(OidcConfig oidc) {
        JsonArrayBuilder issuers = Json.array();
        for (IssuerConfig issuer : oidc.issuers()) {
            issuers.add(issuer(issuer));
        }
        return Json.object().add("enabled", oidc.enabled()).add("issuers", issuers);
    }

    private static JsonObjectBuilder issuer(IssuerConfig issuer) {
        JsonObjectBuilder json = Json.object()
                .add("issuer", issuer.issuer())
                .add("audiences", Json.strings(new TreeSet<>(issuer.audiences())))
                .add("role_claims", Json.strings(issuer.roleClaims()))
                .add("role_prefix", issuer.rolePrefix())
                .add("algorithms", Json.strings(new TreeSet<>(issuer.algorithms())))
                .add("required_scopes", Json.strings(new TreeSet<>(issuer.requiredScopes())))
                .add("clock_skew_ms", issuer.clockSkew().toMillis())
                .add("key_refresh_ms", issuer.keyRefresh().toMillis())
                .add("outage_tolerance_ms", issuer.outageTolerance().toMillis())
                .add("allow_id_tokens", issuer.allowIdTokens());
        issuer.clientId().ifPresent(id -> json.add("client_id", id));
        issuer.maxAge().ifPresent(age -> json.add("max_token_age_ms", age.toMillis()));
        return json;
    }

    private static JsonObjectBuilder keys(ApiKeysConfig keys) {
        JsonArrayBuilder all = Json.array();
        for (ApiKeyConfig key : keys.keys()) {
            all.add(key(key));
        }
        return Json.object()
                .add("enabled", keys.enabled())
                .add("query_parameter", keys.queryParameter())
                .add("keys", all);
    }

    private static JsonObjectBuilder key(ApiKeyConfig key) {
        JsonObjectBuilder json = Json.object()
                .add("key_id", key.digest().id())
                .add("name", key.name())
                .add("roles", Json.strings(key.roles()))
                .add("allowed_networks", texts(key.allowedNetworks()));
        key.description().ifPresent(text -> json.add("description", text));
        key.email().ifPresent(address -> json.add("email", address));
        key.notBefore().ifPresent(begin -> json.add("not_before", begin.toString()));
        key.expiresAt().ifPresent(end -> json.add("expires_at", end.toString()));
        return json;
    }

    private static JsonObjectBuilder persona(PersonaConfig persona) {
        return Json.object()
                .add("display_name", persona.displayName())
                .add("description", persona.description())
                .add("roles", Json.strings(persona.roles()))
                .add("priority", persona.priority())
                .add("permissions", Json.strings(new TreeSet<>(persona.permissions())))
                .add("tools", rules(persona.tools()))
                .add("connections", rules(persona.connections()));
    }

    private static JsonObjectBuilder rules(GlobRules rules) {
        return Json.object().add("allow", texts(rules.allow())).add("deny", texts(rules.deny()));
    }

    private static JsonObjectBuilder connection(ConnectionConfig connection) {
        return Json.object()
                .add("name", connection.name())
                .add("description", connection.description())
                .add("kind", connection.source().kind())
                .add("max_rows", connection.maxRows())
                .add("timeout_ms", connection.timeout().toMillis())
                .add("allow_functions", Json.strings(new TreeSet<>(connection.allowFunctions())))
                .add("allow_privileged_account", connection.allowPrivilegedAccount());
    }

    private static JsonObjectBuilder limits(LimitsConfig limits) {
        return Json.object()
                .add("streams_per_caller", limits.streamsPerCaller())
                .add("calls_per_caller", limits.callsPerCaller())
                .add("calls_per_minute", limits.callsPerMinute())
                .add("request_bytes", limits.requestBytes())
                .add("json_depth", limits.jsonDepth())
                .add("result_bytes", limits.resultBytes())
                .add("session_idle_ms", limits.sessionIdle().toMillis())
                .add("heartbeat_ms", limits.heartbeat().toMillis())
                .add("failed_attempts", limits.failedAttempts())
                .add("failed_attempts_per_key", limits.failedAttemptsPerKey());
    }

    private static JsonArrayBuilder texts(List<?> values) {
        return Json.strings(values.stream().map(Object::toString).toList());
    }
}
