package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import io.mcpdata.audit.chain.ChainBreak;
import io.mcpdata.audit.chain.ChainPosition;
import io.mcpdata.audit.chain.Verification;
import java.util.Locale;

/** A verification in the form of the REST's answer. */
final class StoredVerificationJson {

    private StoredVerificationJson() {}

    static JsonObject of(Verification found) {
        JsonObject json = new JsonObject();
        json.addProperty("result", found.isVerified() ? "verified" : "broken");
        json.addProperty("rows", found.rows());
        json.addProperty("base", found.base().toString());
        json.addProperty("last", found.last().toString());
        json.addProperty("newest_row", found.newest());
        json.addProperty("covered_to", found.coveredTo());
        json.addProperty("older_rows", found.olderRows());
        json.addProperty("next", found.next().map(ChainPosition::toString).orElse(null));
        json.add("broken", found.broken().map(StoredVerificationJson::of).orElse(null));
        return json;
    }

    private static JsonObject of(ChainBreak broken) {
        JsonObject json = new JsonObject();
        json.addProperty("row", broken.row());
        json.addProperty("found", broken.kind().name().toLowerCase(Locale.ROOT));
        json.addProperty("detail", broken.detail());
        return json;
    }
}
