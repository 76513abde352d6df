package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs what a toolkit does for a caller: with a deadline, and always with an audit row. Thread-safe. */
final class AuditedCalls {

    private static final Logger LOG = System.getLogger(AuditedCalls.class.getName());

    private final AuditLog audit;
    private final OverdueCalls overdue;

    AuditedCalls(AuditLog audit, OverdueCalls overdue) {
        this.audit = audit;
        this.overdue = overdue;
    }

    /**
     * What a toolkit gives.
     *
     * @param rows rows returned, for the audit row; -1 where it does not apply
     * @param parameters in place of those of the row; empty if they stay
     */
    record Given(FeatureResult result, long rows, Optional<String> parameters) {

        Given(FeatureResult result, long rows) {
            this(result, rows, Optional.empty());
        }

        AuditEvent of(AuditEvent row) {
            return parameters
                    .map(text -> row.withCall(row.tool(), row.connection(), text))
                    .orElse(row);
        }
    }

    /** For {@link #run}: a call that fails gets a JSON-RPC error with this message. */
    static FeatureResult failed(String message) {
        throw new ProtocolException(ErrorCode.INTERNAL_ERROR, message);
    }

    /** The row of a call that has not begun. */
    static AuditEvent row(Type type, ClientCall call, String tool, String connection, JsonObject parameters) {
        return AuditEvent.of(
                        Clock.systemUTC().instant(),
                        type,
                        Outcome.SUCCESS,
                        call.caller().auditSubject(),
                        call.origin())
                .withCall(tool, connection, AuditedParameters.of(parameters));
    }

    /** The call does not begin: policy denies it. */
    void denied(AuditEvent row, String category, String rule) {
        audit.record(row.ending(Outcome.DENIED).because(category, rule));
    }

    /** The call does not begin: its parameters are wrong. */
    void invalid(AuditEvent row) {
        audit.record(row.ending(Outcome.ERROR).because("invalid_arguments", ""));
    }

    /**
     * Blocks until the toolkit is done.
     *
     * @param place what the call may hang in
     * @param failed the result that tells the caller about an error, or throws
     * @return empty if the outcome has been given to {@link ClientCall#late}
     */
    Optional<FeatureResult> run(
            ClientCall call,
            String place,
            AuditEvent row,
            Supplier<Given> toolkit,
            Function<String, FeatureResult> failed) {
        long started = System.nanoTime();
        OverdueCalls.Running running;
        try {
            running = overdue.begin(
                    place,
                    call.cancellation(),
                    error -> call.late().accept(() -> failed.apply(failure(error, row, started))));
        } catch (ToolException e) {
            return Optional.of(failed.apply(failure(e, row, started)));
        }
        Supplier<FeatureResult> outcome = outcome(toolkit, row, failed, started);
        return running.end() ? Optional.of(outcome.get()) : Optional.empty();
    }

    /** Calls the toolkit; its audit row is written when the outcome is asked for. */
    private Supplier<FeatureResult> outcome(
            Supplier<Given> toolkit, AuditEvent row, Function<String, FeatureResult> failed, long started) {
        try {
            Given given = toolkit.get();
            return () -> {
                // a row that had to be durable and is not: the exception withholds the result
                audit.record(given.of(row).withFigures(since(started), given.rows()));
                return given.result();
            };
        } catch (ToolException e) {
            return () -> failed.apply(failure(e, row, started));
        } catch (InputRequiredException e) {
            return () -> {
                audit.record(row.because("input_required", "").withFigures(since(started), -1));
                return e.result();
            };
        } catch (ProtocolException e) {
            return () -> {
                record(row, e.code().name().toLowerCase(Locale.ROOT), started);
                throw e;
            };
        } catch (RuntimeException | Error e) {
            // catches errors of the JVM too: a statement nested too deep for the stack must leave its audit row
            return () -> failed.apply(broken(e, row, started));
        }
    }

    private String failure(ToolException e, AuditEvent row, long started) {
        LOG.log(Level.DEBUG, named(row) + " failed", e);
        Outcome outcome = e.rule().isEmpty() ? Outcome.ERROR : Outcome.DENIED;
        audit.record(row.ending(outcome).because(e.category(), e.rule()).withFigures(since(started), -1));
        return e.getMessage();
    }

    private String broken(Throwable e, AuditEvent row, long started) {
        String requestId = row.origin().requestId();
        LOG.log(Level.ERROR, named(row) + " failed, request " + row.origin().inLog(), e);
        record(row, "internal_error", started);
        return "Internal error; search the server's log for request id " + requestId;
    }

    private void record(AuditEvent row, String category, long started) {
        audit.record(row.ending(Outcome.ERROR).because(category, "").withFigures(since(started), -1));
    }

    private static String named(AuditEvent row) {
        return row.type() == Type.TOOL_CALL ? "tool " + row.tool() : row.type().name();
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
