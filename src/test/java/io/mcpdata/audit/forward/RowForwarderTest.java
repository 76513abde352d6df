package io.mcpdata.audit.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.query.AuditRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowForwarderTest {

    @TempDir
    Path directory;

    private Path file;
    private final AtomicInteger failures = new AtomicInteger();
    private final Rows rows = new Rows();

    /** Rows with numbers from {@link #oldest} to {@link #newest}. */
    private static final class Rows implements RowForwarder.Source {

        private long oldest = 1;
        private long newest;

        @Override
        public long newest() {
            return newest;
        }

        @Override
        public List<AuditRow> following(long after, long last, int most) {
            return LongStream.rangeClosed(Math.max(after + 1, oldest), last)
                    .limit(most)
                    .mapToObj(Rows::row)
                    .toList();
        }

        private static AuditRow row(long id) {
            Instant time = Instant.parse("2026-01-02T03:04:05Z");
            return new AuditRow(
                    id,
                    time,
                    "r",
                    "TOOL_CALL",
                    "SUCCESS",
                    "etl\n",
                    "",
                    "",
                    "",
                    "",
                    List.of("a"),
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "{}",
                    5,
                    OptionalLong.empty(),
                    "");
        }
    }

    @BeforeEach
    void place() throws IOException {
        file = Files.createDirectory(directory.resolve("log")).resolve("audit.jsonl");
    }

    private RowForwarder forwarder() {
        return new RowForwarder(rows, failures::incrementAndGet);
    }

    private void forward(RowForwarder forwarder) {
        forwarder.forward(Optional.of(file), directory);
    }

    private static List<Long> numbers(Path file) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            assertThat(line).startsWith("{\"id\":").endsWith(",\"row_count\":null,\"trace_id\":\"\"}");
            numbers.add(Long.valueOf(line.replaceFirst("\\{\"id\":(\\d+),.*", "$1")));
        }
        return numbers;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void allRowsComeInOrderInAFileThatOnlyItsOwnerCanRead() throws IOException {
        rows.newest = 1_201;
        RowForwarder forwarder = forwarder();
        forward(forwarder);
        rows.newest = 1_203;
        assertThat(forwarder.waiting()).isEqualTo(2);
        forward(forwarder);
        assertThat(numbers(file)).isEqualTo(upTo(1_203));
        assertThat(forwarder.waiting()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(failures).hasValue(0);
    }

    @Test
    void restartContinuesAfterTheLastRow() throws IOException {
        rows.newest = 3;
        forward(forwarder());
        rows.newest = 5;
        forward(forwarder());
        assertThat(numbers(file)).isEqualTo(upTo(5));
    }

    @Test
    void rowsAfterALostPositionComeAgainAndNoneIsMissed() throws IOException {
        rows.newest = 2;
        forward(forwarder());
        Path position = directory.resolve("audit-forward.position");
        Files.writeString(position, "1\n");
        rows.newest = 3;
        forward(forwarder());
        assertThat(numbers(file)).containsExactly(1L, 2L, 2L, 3L);
    }

    @Test
    void movedFileIsFollowedByANewOne() throws IOException {
        RowForwarder forwarder = forwarder();
        rows.newest = 2;
        forward(forwarder);
        Path moved = file.resolveSibling("audit.jsonl.1");
        Files.move(file, moved);
        rows.newest = 4;
        forward(forwarder);
        assertThat(numbers(moved)).containsExactly(1L, 2L);
        assertThat(numbers(file)).containsExactly(3L, 4L);
    }

    @Test
    void fileThatCannotBeWrittenGetsTheRowsLater() throws IOException {
        RowForwarder forwarder = forwarder();
        rows.newest = 2;
        Files.createDirectory(file);
        forward(forwarder);
        forward(forwarder);
        assertThat(failures).hasValue(2);
        assertThat(forwarder.waiting()).isEqualTo(2);
        Files.delete(file);
        forward(forwarder);
        assertThat(numbers(file)).containsExactly(1L, 2L);
    }

    @Test
    void partOfALineIsNotJoinedWithTheNextRow() throws IOException {
        Files.writeString(file, "{\"id\":1,\"occ");
        rows.newest = 1;
        forward(forwarder());
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().startsWith("{\"id\":1,\"occurred_at\"");
    }

    @Test
    void linkIsNotFollowed() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "");
        Files.createSymbolicLink(file, target);
        rows.newest = 1;
        forward(forwarder());
        assertThat(failures).hasValue(1);
        assertThat(target).isEmptyFile();
    }

    @Test
    void deletedRowsAndAnotherStoreAreNoEndlessLoop() throws IOException {
        RowForwarder forwarder = forwarder();
        rows.newest = 3;
        rows.oldest = 9;
        forward(forwarder);
        assertThat(forwarder.waiting()).isZero();
        rows.newest = 2;
        rows.oldest = 1;
        forward(forwarder);
        rows.newest = 3;
        forward(forwarder);
        assertThat(numbers(file)).containsExactly(3L);
    }

    @Test
    void nothingIsForwardedWithoutAFile() {
        rows.newest = 3;
        RowForwarder forwarder = forwarder();
        forwarder.forward(Optional.empty(), directory);
        assertThat(forwarder.waiting()).isZero();
        assertThat(directory.resolve("audit-forward.position")).doesNotExist();
    }
}
