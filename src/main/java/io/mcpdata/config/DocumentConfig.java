package io.mcpdata.config;

/**
 * One entry of {@code documents}.
 *
 * @param uri absolute; no other document has it
 * @param title empty if the file gives none
 * @param description empty if the file gives none
 * @param text the content; that of a file when the configuration was read
 */
public record DocumentConfig(
        String name,
        String uri,
        String title,
        String description,
        String mimeType,
        @ConfigKey(told = false) String text)
        implements ConfigEntry {

    @Override
    public String label() {
        return "document " + name;
    }
}
