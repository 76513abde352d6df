package io.mcpdata.protocol;

import java.util.Arrays;

/**
 * The newest revision that a client supports. It decides which optional members the client gets: over a transport of an
 * older revision, a client still understands those of its own. Revisions are dates, so they compare as text.
 *
 * @param label as the client wrote it; it need not be a revision that the platform has
 */
public record ClientRevision(String label) {

    public static ClientRevision of(ProtocolVersion version) {
        return new ClientRevision(version.label());
    }

    /** The newest revision of the platform that is not newer: it decides the same. */
    public ProtocolVersion known() {
        return Arrays.stream(ProtocolVersion.values())
                .filter(this::isSince)
                .reduce(ProtocolVersion.V2024_11_05, (older, newer) -> newer);
    }

    /** Whether tools have a title. */
    boolean hasTitles() {
        return isSince(ProtocolVersion.V2025_06_18);
    }

    /** Whether results of tools have structured content, and tools have a schema of it. */
    public boolean hasStructuredContent() {
        return isSince(ProtocolVersion.V2025_06_18);
    }

    /** Whether content may be audio. */
    boolean hasAudio() {
        return isSince(ProtocolVersion.V2025_03_26);
    }

    /** Whether content may be a link to a resource. */
    boolean hasResourceLinks() {
        return isSince(ProtocolVersion.V2025_06_18);
    }

    /** Whether a progress notification may have a message. */
    public boolean hasProgressMessages() {
        return isSince(ProtocolVersion.V2025_03_26);
    }

    private boolean isSince(ProtocolVersion first) {
        return label.compareTo(first.label()) >= 0;
    }
}
