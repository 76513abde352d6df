package io.mcpdata.stdio;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.mcpdata.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report for a program. */
final class CheckJson {

    private CheckJson() {}

    static String of(CheckReport report, boolean strict) {
        JsonObject json = new JsonObject();
        json.addProperty("file", report.file());
        json.addProperty("valid", report.valid());
        json.addProperty("passed", report.passes(strict));
        json.add("errors", problems(report.errors()));
        json.add("warnings", problems(report.warnings()));
        JsonArray keys = new JsonArray();
        report.keys().forEach(fate -> keys.add(entry(fate)));
        json.add("keys", keys);
        report.answer().ifPresent(answer -> json.add("key", answer(answer)));
        return Json.pretty(json);
    }

    private static JsonArray problems(List<ConfigProblem> problems) {
        JsonArray list = new JsonArray();
        for (ConfigProblem problem : problems) {
            JsonObject json = new JsonObject();
            json.addProperty("line", problem.line());
            json.addProperty("key", problem.key());
            json.addProperty("found", problem.found());
            json.addProperty("expected", problem.expected());
            list.add(json);
        }
        return list;
    }

    private static JsonObject entry(KeyCheck fate) {
        JsonObject json = new JsonObject();
        json.addProperty("key_id", fate.id());
        json.addProperty("name", fate.key().name());
        json.add("roles", Json.list(fate.key().roles()));
        json.addProperty("status", fate.status().label());
        json.add(
                "persona",
                fate.persona()
                        .<JsonElement>map(persona -> new JsonPrimitive(persona.name()))
                        .orElse(JsonNull.INSTANCE));
        json.addProperty("outcome", fate.outcome());
        return json;
    }

    private static JsonObject answer(KeyLookup.Answer answer) {
        JsonObject json = new JsonObject();
        json.addProperty("key_id", answer.asked());
        json.addProperty("entry", answer.entry().map(KeyCheck::place).orElse(null));
        json.addProperty("hint", nullIfEmpty(answer.hint()));
        return json;
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
