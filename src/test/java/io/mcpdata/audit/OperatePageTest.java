package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/operate.md says about the audit trail is what the store has; the deployment part of CI runs its commands. */
final class OperatePageTest {

    private static final Path STORE = Path.of("src", "main", "resources", "io", "mcpdata", "store");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final Pattern COLUMN =
            Pattern.compile("(?m)^    (\\w+) \\w+|ALTER TABLE audit_event ADD COLUMN (\\w+)");

    @Test
    void everyTypeOfRowIsDescribedAndNoOther() throws IOException {
        assertThat(firstCells("| `type` |"))
                .isEqualTo(
                        Arrays.stream(AuditEvent.Type.values()).map(Enum::name).collect(Collectors.toSet()));
    }

    @Test
    void everyColumnIsDescribedAndNoOther() throws IOException {
        StringBuilder sql = new StringBuilder(Files.readString(STORE.resolve("V1__audit_event.sql")));
        try (Stream<Path> later = Files.list(STORE)) {
            for (Path script : later.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("V1__audit_event.sql"))
                    .toList()) {
                Files.readString(script)
                        .lines()
                        .filter(line -> line.startsWith("ALTER"))
                        .forEach(sql::append);
            }
        }
        String shared = Files.readString(STORE.resolve("postgresql/V7__platform_store.sql"));
        int table = shared.indexOf("CREATE TABLE audit_event (");
        sql.append(shared, table, shared.indexOf(");", table));
        assertThat(firstCells("| column |"))
                .isEqualTo(COLUMN.matcher(sql)
                        .results()
                        .map(column -> column.group(1) == null ? column.group(2) : column.group(1))
                        .collect(Collectors.toSet()));
    }

    /** The words of the first cells of the table with this head. */
    private static Set<String> firstCells(String head) throws IOException {
        return Files.readAllLines(Path.of("docs", "operate.md")).stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> WORD.matcher(line.split("\\|")[1]).results().map(word -> word.group(1)))
                .collect(Collectors.toSet());
    }
}
