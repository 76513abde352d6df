package io.mcpdata.toolkit.sql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/**
 * Passes nothing on, in neither direction and without an error, as soon as the client sends a certain word: a dead
 * network.
 */
final class FreezingProxy extends LoopbackProxy {

    private final String word;
    private volatile boolean frozen;
    private volatile boolean thawed;

    FreezingProxy(int target, String word) throws IOException {
        super(target);
        this.word = word;
        begin();
    }

    boolean frozen() {
        return frozen;
    }

    /** The network is back, for connections made from now on. */
    void thaw() {
        thawed = true;
        frozen = false;
    }

    @Override
    Listener connected() {
        return (buffer, length, ofClient) -> {
            if (ofClient && !thawed && new String(buffer, 0, length, ISO_8859_1).contains(word)) {
                frozen = true;
            }
            return !frozen;
        };
    }
}
