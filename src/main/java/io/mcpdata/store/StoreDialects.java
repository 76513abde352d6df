package io.mcpdata.store;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;

/** Keeps the dialect with the database, so that each handle has it. */
public final class StoreDialects implements JdbiConfig<StoreDialects> {

    private StoreDialect dialect;

    /** For Jdbi, which makes one for a database that has no other. */
    public StoreDialects() {
        this(new EmbeddedDialect());
    }

    private StoreDialects(StoreDialect dialect) {
        this.dialect = dialect;
    }

    static void use(Jdbi jdbi, StoreDialect dialect) {
        jdbi.getConfig(StoreDialects.class).dialect = dialect;
    }

    StoreDialect dialect() {
        return dialect;
    }

    @Override
    public StoreDialects createCopy() {
        return new StoreDialects(dialect);
    }
}
