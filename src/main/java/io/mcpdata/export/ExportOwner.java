package io.mcpdata.export;

import java.util.List;

/**
 * For whom an export exists. Persona and roles belong to it, because the keys of one identity may have other ones, and
 * with them other rows. Immutable.
 */
public record ExportOwner(String identity, String persona, List<String> roles) {

    public ExportOwner {
        roles = roles.stream().sorted().toList();
    }
}
