package io.mcpdata.gateway;

import io.mcpdata.protocol.Prompt;
import java.util.List;

/**
 * What the lists of a caller consist of; two that are equal give equal lists.
 *
 * @param tools the names
 * @param resources the parts of the list, each with the persona's rules that apply in it
 * @param skills the names
 */
public record FeatureLists(List<String> tools, List<Prompt> prompts, List<String> resources, List<String> skills) {

    public FeatureLists {
        tools = List.copyOf(tools);
        prompts = List.copyOf(prompts);
        resources = List.copyOf(resources);
        skills = List.copyOf(skills);
    }

    public List<String> promptNames() {
        return prompts.stream().map(Prompt::name).toList();
    }
}
