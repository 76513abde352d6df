package io.mcpdata.protocol;

import io.mcpdata.json.Json;

/** {@code GetSkillResult} of the MCP extension Skills. */
public record GetSkillResult(Skill skill) implements FeatureResult {

    @Override
    public String write(ClientRevision client) {
        return Json.write(Json.object().add("skill", skill.toJson(client)).build());
    }

    @Override
    public boolean isCacheable() {
        return true;
    }
}
