package io.mcpdata.config;

import java.net.URI;
import java.nio.file.Path;

/** The location of an identity provider's public keys. */
public sealed interface KeyLocation {

    /** In the key set that the provider's discovery document names. */
    record Discovery(URI document) implements KeyLocation {}

    /** In the key set at this address. */
    record KeySet(URI address) implements KeyLocation {}

    /** In a file: PEM, a key or a key set. The file is read repeatedly, so it may be replaced. */
    record LocalFile(Path file) implements KeyLocation {}

    /** In the configuration itself: PEM, a key or a key set. */
    record Inline(String text) implements KeyLocation {}
}
