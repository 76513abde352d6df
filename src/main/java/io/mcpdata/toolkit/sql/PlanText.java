package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** The text of a plan. Belongs to one call. */
final class PlanText implements RowReader<String> {

    private static final int MOST_LINES = 10_000;
    private static final int MOST_CHARACTERS = 4_000_000;

    @Override
    public int maxRows() {
        return MOST_LINES;
    }

    @Override
    public String read(ResultSet rows, Dialect dialect, Runnable check) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
            check.run();
            text.append(Objects.requireNonNullElse(rows.getString(1), "")).append('\n');
            if (text.length() > MOST_CHARACTERS) {
                throw new ToolException(PlanCheck.UNKNOWN, "the plan has more than " + MOST_CHARACTERS + " characters");
            }
        }
        return text.toString();
    }
}
