package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.PlanLimitsConfig;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares what the database estimates for a statement with the limits of its connection, before the statement runs. A
 * plan that cannot be read refuses the statement. Belongs to one call.
 */
final class PlanCheck {

    /** The category of a plan that cannot be read. */
    static final String UNKNOWN = "plan_unknown";

    private static final Logger LOG = System.getLogger(PlanCheck.class.getName());
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Asks the database. */
    interface Asking {
        /**
         * @param prefix what stands before the statement
         * @param time how long the answer may take
         */
        String plan(String prefix, Duration time);
    }

    private final ConnectionConfig config;
    private final PlanLimitsConfig limits;
    private final boolean hidesTables;

    /** @param hidesTables whether tables may be hidden from the caller; then no step of the plan is named */
    PlanCheck(ConnectionConfig config, PlanLimitsConfig limits, boolean hidesTables) {
        this.config = config;
        this.limits = limits;
        this.hidesTables = hidesTables;
    }

    /** @throws ToolException if the estimate is above a limit, or there is none */
    void check(DatabaseProfile profile, Asking asking) {
        Optional<PlanSyntax> syntax = PlanSyntax.of(profile.dialect());
        if (syntax.isEmpty()) {
            throw unknown("the platform reads no plans of " + profile.product());
        }
        PlanEstimate estimate = estimate(syntax.get(), asking);
        limits.rows().ifPresent(limit -> compare(estimate.rows(), limit, "rows", estimate.largest()));
        limits.cost().ifPresent(limit -> compare(estimate.cost(), limit, "cost", estimate.dearest()));
    }

    private PlanEstimate estimate(PlanSyntax syntax, Asking asking) {
        Duration time = config.timeout().compareTo(LONGEST) < 0 ? config.timeout() : LONGEST;
        try {
            return syntax.estimate(Json.readObject("{\"plan\":" + asking.plan(syntax.prefix(), time) + "}"));
        } catch (ToolException e) {
            throw switch (e.category()) {
                case UNKNOWN -> unknown(e.getMessage());
                case "timeout" -> unknown("there was no plan within " + time.toMillis() / 1000.0 + " seconds");
                case SqlErrors.REFUSED ->
                    new ToolException(
                            e.category(),
                            e.getMessage() + "\nThis is the answer to EXPLAIN: the connection " + config.name()
                                    + " has plan_limits, so each statement is explained before it runs.",
                            e);
                default -> e;
            };
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a plan could not be read", e);
            throw unknown("its plan has another form than expected");
        }
    }

    private void compare(OptionalDouble estimate, long limit, String key, String step) {
        // a negative or not a number is as little an estimate as none
        double value = estimate.orElse(Double.NaN);
        if (!(value >= 0)) {
            throw unknown("the plan does not say its " + key
                    + (key.equals("cost") ? " (MariaDB does from 11.0 on)" : ": a table may have no statistics"));
        }
        if (value > limit) {
            throw new ToolException("plan_limit_exceeded", refusal(value, limit, key, hidesTables ? "" : step));
        }
    }

    private String refusal(double value, long limit, String key, String step) {
        String figure = BigDecimal.valueOf(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
        String of = key.equals("rows") ? "the largest step of its plan" : "its plan";
        return "The statement was not run: the database estimates " + key + " of " + figure + " for " + of
                + (step.isEmpty() ? "" : " (" + step + ")") + ", and the connection " + config.name() + " allows "
                + key + " of " + limit + ". "
                + (step.contains("Nested Loop")
                        ? "Check that each joined table has a join condition. "
                        : "Add a WHERE condition on an indexed column, and a join condition for each joined table. ")
                + "An aggregate or a LIMIT helps only if the database then reads less.";
    }

    private ToolException unknown(String why) {
        String told = "The statement was not run: the connection " + config.name()
                + " limits what the database may estimate for a statement, and " + why + ".";
        LOG.log(Level.DEBUG, "{0}", told);
        return new ToolException(
                UNKNOWN, told + " Tell the operator of this server if other statements are refused too.");
    }
}
