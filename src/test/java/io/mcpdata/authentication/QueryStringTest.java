package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryStringTest {

    private static List<String> values(String raw) {
        return new QueryString(raw).values("k");
    }

    @Test
    void valuesComeInOrderAndAsTheyStand() {
        assertThat(values("k=a&x=y&k=b+c=d")).containsExactly("a", "b+c=d");
        assertThat(values("k")).containsExactly("");
        assertThat(values("")).isEmpty();
        assertThat(new QueryString(null).values("k")).isEmpty();
        assertThat(values("K=a&kk=b& k=c")).isEmpty();
    }

    @Test
    void escapesAreDecodedOnceAndInNamesToo() {
        assertThat(values("%6b=%2B%2525")).containsExactly("+%25");
        assertThat(values("k=%C3%A9")).containsExactly("\u00e9");
    }

    @Test
    void brokenEscapeStaysAsItIs() {
        assertThat(values("k=%&k=%4&k=%zz&k=100%25%")).containsExactly("%", "%4", "%zz", "100%%");
    }

    @Test
    void characterOutsideTheBasicPlaneIsKeptBesideAnEscape() {
        assertThat(values("k=\ud83d\ude00%41")).containsExactly("\ud83d\ude00A");
        assertThat(values("k=\ud83d%41")).noneMatch(value -> value.equals("?A"));
    }
}
