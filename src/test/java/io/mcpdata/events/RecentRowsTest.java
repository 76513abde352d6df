package io.mcpdata.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentRowsTest {

    private final RecentRows recent = new RecentRows(3, 1_000_000);

    @Test
    void rowsAfterANumberComeInTheirOrder() {
        recent.restart(10);
        recent.add(10, Rows.page(11, 13));

        RowPage all = recent.after(10, 5).orElseThrow();
        assertThat(Rows.ids(all)).containsExactly(11L, 12L, 13L);
        assertThat(all.end()).isEqualTo(13);
        RowPage first = recent.after(10, 2).orElseThrow();
        assertThat(Rows.ids(first)).containsExactly(11L, 12L);
        assertThat(first.end()).isEqualTo(12);
        assertThat(recent.after(13, 5).orElseThrow().rows()).isEmpty();
    }

    @Test
    void rowsThatWereDroppedAreNeverLeftOut() {
        recent.restart(10);
        recent.add(10, Rows.page(11, 15));

        assertThat(recent.after(10, 5)).isEmpty();
        assertThat(recent.after(11, 5)).isEmpty();
        assertThat(Rows.ids(recent.after(12, 5).orElseThrow())).containsExactly(13L, 14L, 15L);
    }

    @Test
    void nothingIsKnownBeforeTheRestart() {
        recent.restart(10);
        assertThat(recent.after(9, 5)).isEmpty();
        assertThat(recent.after(10, 5)).isPresent();

        recent.add(10, Rows.page(11, 12));
        recent.restart(12);
        assertThat(recent.after(11, 5)).isEmpty();
        assertThat(recent.after(12, 5).orElseThrow().rows()).isEmpty();
    }

    /** A transaction that fails uses up numbers. */
    @Test
    void numbersThatNoRowHasLeaveNoGap() {
        recent.restart(10);
        recent.add(10, new RowPage(List.of(Rows.row(14)), 20));

        assertThat(recent.end()).isEqualTo(20);
        RowPage page = recent.after(10, 5).orElseThrow();
        assertThat(Rows.ids(page)).containsExactly(14L);
        assertThat(page.end()).isEqualTo(20);
        recent.add(20, Rows.page(21, 21));
        assertThat(Rows.ids(recent.after(20, 5).orElseThrow())).containsExactly(21L);
    }

    @Test
    void rowsThatWereReadBeforeARestartAreNotAdded() {
        recent.restart(10);
        recent.restart(20);
        recent.add(10, Rows.page(11, 12));

        assertThat(recent.end()).isEqualTo(20);
        assertThat(recent.after(20, 5).orElseThrow().rows()).isEmpty();
    }

    @Test
    void longRowsAreDroppedEarlier() {
        int one = Rows.row(1).characters();
        RecentRows few = new RecentRows(100, 2L * one);
        few.restart(0);
        few.add(0, Rows.page(1, 3));

        assertThat(few.after(0, 5)).isEmpty();
        assertThat(Rows.ids(few.after(1, 5).orElseThrow())).containsExactly(2L, 3L);
    }
}
