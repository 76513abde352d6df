package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import io.mcpdata.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The REST client of the audit trail. */
final class AuditClient implements AuditTrail {

    private final RestClient rest;

    AuditClient(ServerUrl server, Secret key) {
        rest = new RestClient(server, key, "/api/v1/audit", "audit row", "audit:read");
    }

    @Override
    public JsonObject list(Map<String, String> parameters) {
        return rest.json(rest.request(query("", parameters)), 200);
    }

    @Override
    public JsonObject row(long id) {
        return rest.json(rest.request("/" + id), 200);
    }

    @Override
    public JsonObject stats(Map<String, String> parameters) {
        return rest.json(rest.request(query("/stats", parameters)), 200);
    }

    @Override
    public JsonObject verify(Map<String, String> parameters) {
        return rest.json(rest.request(query("/verify", parameters)), 200);
    }

    @Override
    public void export(Map<String, String> parameters, OutputStream out) throws IOException {
        try (InputStream rows = rest.open(rest.request(query("/export", parameters)))) {
            ExportCopy.copy(rows, out);
        }
    }

    /** The path with the parameters. */
    static String query(String path, Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", path + (parameters.isEmpty() ? "" : "?"), ""));
    }
}
