package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.StatementFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The 22 questions of TPC-H: the platform answers what the database answers over plain JDBC. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
final class TpchIT {

    private static final String FOLDER = "/io/mcpdata/toolkit/sql/tpch/";
    private static final int MOST_BYTES = 4_194_304;
    private static final int MOST_ROWS = 1_000;
    private static final int QUESTIONS = 22;
    private static final int WITH_ROWS = 20;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final SqlThreads threads = SqlThreads.of(Thread::new);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        threads.close();
    }

    @Test
    void everyQuestionHasTheSameAnswerOnPostgresqlAsOverPlainJdbc() throws Exception {
        try (EmbeddedPostgres server = LocalPostgres.start()) {
            compare(
                    "jdbc:postgresql://127.0.0.1:" + server.getPort()
                            + "/postgres?user=postgres&reWriteBatchedInserts=true",
                    TpchForms.POSTGRESQL);
        }
    }

    @Test
    void everyQuestionHasTheSameAnswerOnMariadbAsOverPlainJdbc() throws Exception {
        try (MariaDb server = MariaDb.start()) {
            server.createDatabase("tpch");
            compare(server.urlAs("tpch", MariaDb.OWNER, "") + "&useBulkStmts=true", TpchForms.MARIADB);
        }
    }

    @Test
    void everyQuestionHasTheSameAnswerOnH2AsOverPlainJdbc() throws Exception {
        compare("jdbc:h2:mem:tpch;USER=sa", TpchForms.H2);
    }

    private void compare(String url, TpchForms forms) throws SQLException, IOException {
        ConnectionConfig config = InMemoryConfiguration.connection("tpch", url);
        try (Connection direct = DriverManager.getConnection(url);
                Connections connections =
                        new Connections(InMemoryConfiguration.of(config), Runnable::run, threads.aborting())) {
            StatementFile.run(FOLDER + "schema.sql", direct);
            TpchData.fill(direct);
            StatementFile.run(FOLDER + "indexes.sql", direct);
            StatementFile.run(FOLDER + forms.statistics(), direct);
            SqlQueries queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, threads));
            compare(direct, config, queries, forms);
        }
    }

    private static void compare(Connection direct, ConnectionConfig config, SqlQueries queries, TpchForms forms)
            throws SQLException {
        List<String> questions = StatementFile.statements(FOLDER + "queries.sql");
        assertThat(questions).hasSize(QUESTIONS);
        int withRows = 0;
        for (int i = 0; i < questions.size(); i++) {
            String sql = forms.of(questions.get(i));
            JsonObject answer =
                    queries.query(config, new SqlStatement(sql, List.of()), MOST_ROWS, MOST_BYTES, new Cancellation());
            List<List<@Nullable Object>> expected = rows(direct, sql);
            assertThat(answer.getBoolean("truncated")).as("question " + (i + 1)).isFalse();
            assertSame(answer.getJsonArray("rows"), expected, "question " + (i + 1));
            withRows += expected.isEmpty() || expected.get(0).contains(null) ? 0 : 1;
        }
        assertThat(withRows).as("questions with rows").isGreaterThanOrEqualTo(WITH_ROWS);
    }

    private static List<List<@Nullable Object>> rows(Connection direct, String sql) throws SQLException {
        try (Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getObject(i));
                }
                all.add(row);
            }
            return all;
        }
    }

    private static void assertSame(JsonArray answered, List<List<@Nullable Object>> expected, String question) {
        assertThat(answered).as(question).hasSameSizeAs(expected);
        for (int row = 0; row < expected.size(); row++) {
            JsonArray values = answered.getJsonArray(row);
            assertThat(values).as(question).hasSameSizeAs(expected.get(row));
            for (int column = 0; column < values.size(); column++) {
                @Nullable Object value = expected.get(row).get(column);
                assertThat(same(values.get(column), value))
                        .as(question + ", row " + row + ", column " + column + ": " + values.get(column) + " for "
                                + value)
                        .isTrue();
            }
        }
    }

    /** A number may come as text, so that no digit is lost; a date comes in ISO 8601. */
    private static boolean same(JsonValue answered, @Nullable Object expected) {
        if (expected == null) {
            return answered.equals(JsonValue.NULL);
        }
        String text = answered instanceof JsonString string ? string.getString() : answered.toString();
        return expected instanceof Number number
                ? new BigDecimal(text).compareTo(new BigDecimal(number.toString())) == 0
                : text.equals(expected.toString());
    }
}
