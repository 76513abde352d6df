package io.mcpdata.toolkit.sql.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements mutated at random: every statement that the guard accepts is run by the owner of a database, who may do
 * everything, and must change nothing and call nothing.
 */
class SqlGuardMutationTest {

    private static final int MUTANTS = 3_000;
    private static final int HONEST = 5;
    private static final AtomicInteger EVIL = new AtomicInteger();
    private static final List<String> SEEDS = List.of(
            "SELECT a , b FROM t WHERE a = 1 ORDER BY b",
            "WITH c ( x ) AS ( SELECT a FROM t ) SELECT MAX ( x ) FROM c",
            "SELECT * FROM ( VALUES ( 1 , 'x' ) ) AS v ( p , q ) , t",
            "SELECT COUNT ( * ) OVER ( PARTITION BY a ) FROM t UNION ALL SELECT 1",
            "SELECT CASE WHEN a > 1 THEN 'y' ELSE \"B\" END FROM t LIMIT 3",
            "INSERT INTO t VALUES ( 9 , 'z' ) ;",
            "DELETE FROM t WHERE a = 1",
            "UPDATE t SET a = 2",
            "SELECT * FROM FINAL TABLE ( DELETE FROM t )",
            "SELECT NEXT VALUE FOR s",
            "SELECT EVIL ( 1 ) FROM t",
            "SELECT \"EVIL\" ( 1 ) , PUBLIC . EVIL ( 2 )",
            "SELECT * FROM t FOR UPDATE",
            "DROP TABLE t ; CREATE TABLE u ( a INT )",
            "CALL EVIL ( 3 ) /* x */ -- y",
            "SELECT 'it''s' // '\n, EVIL ( a ) FROM t // '",
            "SELECT $$ x $$ , E'\\' , U&\"EV!0049L\" UESCAPE '!' ( 1 )");

    private final SqlGuard guard = new SqlGuard();

    /** Called by the database as EVIL. */
    public static int evil(int anything) {
        return EVIL.incrementAndGet() + anything;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noMutantChangesOrCallsAnything(long seed) throws SQLException {
        EVIL.set(0);
        Random random = new Random(seed);
        int ran = 0;
        try (Connection owner = DriverManager.getConnection("jdbc:h2:mem:");
                Statement sql = owner.createStatement()) {
            sql.execute("CREATE TABLE t (a INT, b VARCHAR(10)) AS VALUES (1, 'one'), (2, 'two')");
            sql.execute("CREATE SEQUENCE s");
            sql.execute("CREATE ALIAS EVIL FOR \"" + SqlGuardMutationTest.class.getName() + ".evil\"");
            for (int i = 0; i < MUTANTS; i++) {
                String mutant = mutant(random);
                if (isLetThrough(mutant)) {
                    ran += run(owner, mutant);
                }
            }
            assertThat(number(owner, "SELECT SUM(a) * 100 + COUNT(*) FROM t")).isEqualTo(302);
            assertThat(number(owner, "SELECT NEXT VALUE FOR s")).isEqualTo(1);
            assertThat(number(owner, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'PUBLIC'"))
                    .isEqualTo(1);
        }
        assertThat(EVIL).hasValue(0);
        assertThat(ran).as("statements that were let through and ran").isGreaterThan(100);
    }

    private boolean isLetThrough(String mutant) {
        try {
            guard.check(mutant, SqlSyntax.of(Dialect.H2), FunctionRules.shipped(Dialect.H2));
            return true;
        } catch (StatementRefused e) {
            return false;
        }
    }

    private static int run(Connection owner, String mutant) {
        try (PreparedStatement statement = owner.prepareStatement(mutant)) {
            if (statement.getMetaData() == null) {
                fail("no query, but let through: " + mutant);
            }
            statement.setQueryTimeout(2);
            statement.setMaxRows(10);
            statement.executeQuery().close();
            return 1;
        } catch (SQLException e) {
            return 0; // accepted by the guard, refused by the database: nothing has happened
        }
    }

    /** One statement with pieces of another in it, and with words lost, doubled, swapped or split by odd characters. */
    private static String mutant(Random random) {
        StringBuilder mutant = new StringBuilder();
        String[] base = words(random, random.nextInt(4) == 0 ? SEEDS.size() : HONEST);
        String[] other = words(random, SEEDS.size());
        int cut = random.nextInt(base.length);
        int from = random.nextInt(other.length);
        int length = random.nextInt(3) == 0 ? 0 : random.nextInt(Math.min(6, other.length - from)) + 1;
        for (int i = 0; i < base.length; i++) {
            if (i == cut) {
                for (int j = from; j < from + length; j++) {
                    append(mutant, other[j], random);
                }
                i += random.nextInt(3);
            }
            if (i < base.length) {
                append(mutant, base[i], random);
            }
        }
        return mutant.toString();
    }

    private static void append(StringBuilder mutant, String word, Random random) {
        String[] between = {
            " ", " ", " ", " ", " ", " ", "\n", "", "\t", "'", "\"", ";", "/*", "--", "\u200b", "//", "[", "]"
        };
        switch (random.nextInt(150)) {
            case 0 -> mutant.append(word).append(' ').append(word);
            case 1 -> mutant.append('"').append(word).append('"');
            case 2 -> mutant.append('\'').append(word).append('\'');
            case 3 -> mutant.append(word.toUpperCase(java.util.Locale.ROOT));
            case 4 -> mutant.append("");
            default -> mutant.append(word);
        }
        mutant.append(random.nextInt(40) == 0 ? between[random.nextInt(between.length)] : " ");
    }

    private static String[] words(Random random, int among) {
        return SEEDS.get(random.nextInt(among)).split(" ");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
