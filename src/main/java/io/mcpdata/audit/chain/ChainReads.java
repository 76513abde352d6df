package io.mcpdata.audit.chain;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs the short transactions that read the chain. */
public interface ChainReads {

    <T> T read(Function<Handle, T> statements);
}
