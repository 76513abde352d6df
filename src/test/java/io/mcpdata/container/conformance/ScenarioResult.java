package io.mcpdata.container.conformance;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one scenario of the suite found.
 *
 * @param notRequired why the revision does not require the scenario; empty if it does
 * @param problems its checks that failed or warned
 */
record ScenarioResult(String scenario, String notRequired, int passed, List<String> problems) {

    private static final Set<String> BAD = Set.of("FAILURE", "WARNING");

    static ScenarioResult read(String scenario, String notRequired, Path checks) throws IOException {
        try (Reader text = Files.newBufferedReader(checks);
                var json = Json.createReader(text)) {
            return of(scenario, notRequired, json.readArray());
        }
    }

    private static ScenarioResult of(String scenario, String notRequired, JsonArray checks) {
        int passed = 0;
        List<String> problems = new ArrayList<>();
        for (JsonObject check : checks.getValuesAs(JsonObject.class)) {
            String status = check.getString("status");
            if (status.equals("SUCCESS")) {
                passed++;
            } else if (BAD.contains(status)) {
                problems.add(scenario + ": " + status + " of " + check.getString("id") + ": "
                        + check.getString("errorMessage", ""));
            }
        }
        return new ScenarioResult(scenario, notRequired, passed, problems);
    }

    boolean isRequired() {
        return notRequired.isEmpty();
    }

    boolean isClean() {
        return problems.isEmpty();
    }

    static String table(String title, List<ScenarioResult> results) {
        StringBuilder table = new StringBuilder(title).append('\n');
        for (ScenarioResult result : results) {
            table.append(String.format(
                    "%-48s %s %2d checks passed, %d not%s%n",
                    result.scenario,
                    result.isClean() ? "passed" : "FAILED",
                    result.passed,
                    result.problems.size(),
                    result.isRequired() ? "" : " (not required: " + result.notRequired + ")"));
        }
        results.forEach(result -> result.problems.forEach(
                problem -> table.append("  ").append(problem).append('\n')));
        long clean = results.stream()
                .filter(ScenarioResult::isRequired)
                .filter(ScenarioResult::isClean)
                .count();
        long required = results.stream().filter(ScenarioResult::isRequired).count();
        return table.append(String.format("%d of %d required scenarios passed%n", clean, required))
                .toString();
    }
}
