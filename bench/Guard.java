import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.FunctionRules;
import io.mcpdata.toolkit.sql.guard.SqlGuard;
import io.mcpdata.toolkit.sql.guard.SqlSyntax;
import io.mcpdata.toolkit.sql.guard.StatementRefused;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the SQL guard costs for one statement that it has not seen, over the honest statements of the tests: CPU time of the
 * asking thread, so that other work on the machine does not count. Run in the project's folder, after {@code mvn package}:
 *
 * <pre>java -cp "target/classes:target/mcp-data-platform/WEB-INF/lib/*" bench/Guard.java [rounds]</pre>
 *
 * Figures of one machine and one moment: compare only what one run printed.
 */
final class Guard {

    private static final Path STATEMENTS = Path.of("src/test/resources/io/mcpdata/toolkit/sql/honest");

    private record Question(String sql, SqlSyntax syntax, FunctionRules functions) {}

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static int accepted;

    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        List<Question> all = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            Path file = STATEMENTS.resolve(dialect.name().toLowerCase(Locale.ROOT) + ".sql");
            if (Files.exists(file)) {
                List<Question> own = questions(dialect, Files.readString(file));
                measure(dialect.name(), own, rounds);
                all.addAll(own);
            }
        }
        measure("all", all, rounds);
    }

    /** Every function of the file is allowed: what a catalogue holds makes no difference to the time. */
    private static List<Question> questions(Dialect dialect, String text) {
        Set<String> words =
                new TreeSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\w]+")));
        words.remove("");
        FunctionRules functions = FunctionRules.of(words);
        return Pattern.compile("(?m)^;;$")
                .splitAsStream(text)
                .map(sql -> new Question(sql.strip(), SqlSyntax.of(dialect), functions))
                .toList();
    }

    private static void measure(String name, List<Question> questions, int rounds) {
        SqlGuard guard = new SqlGuard();
        for (int i = 0; i < rounds; i++) {
            questions.forEach(question -> nanos(guard, question));
        }
        long[] nanos = new long[questions.size() * rounds];
        int at = 0;
        accepted = 0;
        for (int i = 0; i < rounds; i++) {
            for (Question question : questions) {
                nanos[at++] = nanos(guard, question);
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-12s %4d statements, %4d accepted   p50 %5d us   p99 %5d us   most %6d us%n",
                name,
                questions.size(),
                accepted / rounds,
                nanos[nanos.length / 2] / 1000,
                nanos[nanos.length * 99 / 100] / 1000,
                nanos[nanos.length - 1] / 1000);
    }

    private static long nanos(SqlGuard guard, Question question) {
        long begin = THREADS.getCurrentThreadCpuTime();
        try {
            guard.check(question.sql(), question.syntax(), question.functions());
            accepted++;
        } catch (StatementRefused e) {
            // a few are refused on purpose
        }
        return THREADS.getCurrentThreadCpuTime() - begin;
    }
}
