package io.mcpdata.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** H2, which one server has for itself: its rows are numbered without gaps, and become visible in this order. */
final class EmbeddedDialect implements StoreDialect {

    @Override
    public String writer() {
        return "";
    }

    @Override
    public Optional<DataSource> sharedPool() {
        return Optional.empty();
    }

    @Override
    public boolean lockChain(Handle handle, String writer) {
        // the one server that writes has one thread that does, and the migrations begin its chain
        return false;
    }

    @Override
    public List<Long> takeRowIds(Handle handle, long newest, int count) {
        return LongStream.rangeClosed(newest + 1, newest + count).boxed().toList();
    }

    @Override
    public long newestRow(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MAX(id), 0) FROM audit_event")
                .mapTo(Long.class)
                .one();
    }
}
