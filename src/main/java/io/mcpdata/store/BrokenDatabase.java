package io.mcpdata.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Detects that H2 has closed its database because it could not write or read its file; then no connection of the pool
 * works. The pool evicts such connections. Thread-safe.
 */
final class BrokenDatabase implements SQLExceptionOverride {

    private static final Set<Integer> CODES = Set.of(
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2,
            ErrorCode.CONNECTION_BROKEN_1);

    private static final Set<Integer> DAMAGES =
            Set.of(DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT);

    /**
     * Lower codes are errors of the file, after which the store cannot be used; from this code on, errors of a
     * transaction.
     */
    private static final int FIRST_OF_TRANSACTIONS = 100;

    private volatile @Nullable Throwable cause;

    @java.lang.Override // the interface has a type of this name
    public Override adjudicate(SQLException error) {
        return notice(error) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }

    /** Whether this error, or its cause, says that the database is broken; if so, the error is kept. */
    boolean notice(Throwable error) {
        @Nullable Throwable failure = failure(error);
        if (failure != null) {
            cause = failure;
        }
        return failure != null;
    }

    /** Whether this error, or its cause, says that a database is broken. */
    static boolean isFailure(Throwable error) {
        return failure(error) != null;
    }

    private static @Nullable Throwable failure(Throwable error) {
        for (@Nullable Throwable link = error; link != null; link = link.getCause()) {
            if (link instanceof SQLException sql && CODES.contains(sql.getErrorCode())
                    || link instanceof MVStoreException file && file.getErrorCode() < FIRST_OF_TRANSACTIONS) {
                return link;
            }
        }
        return null;
    }

    /**
     * Whether the file has content that H2 did not write: neither free disk space nor opening it again repairs that.
     */
    static boolean isDamage(Throwable error) {
        for (@Nullable Throwable link = error; link != null; link = link.getCause()) {
            if (link instanceof MVStoreException file && DAMAGES.contains(file.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    /** The error that was detected, null if there was none. */
    @Nullable
    Throwable cause() {
        return cause;
    }
}
