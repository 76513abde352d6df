package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FairSharesTest {

    private final FairShares shares = new FairShares(8);

    @Test
    void callerHasNoMoreThanAreLeftForTheOthers() {
        assertThat(takeAll("ann")).isEqualTo(4);
        assertThat(takeAll("bob")).isEqualTo(2);
        assertThat(takeAll("cid")).isEqualTo(1);
        assertThat(takeAll("ann")).isZero();
        assertThat(takeAll("dan")).isEqualTo(1);
        assertThat(takeAll("eve")).as("there is none").isZero();
    }

    @Test
    void placeThatIsGivenBackIsThereForTheNext() {
        assertThat(takeAll("ann")).isEqualTo(4);
        for (int i = 4; i > 0; i--) {
            assertThat(shares.of("ann")).isEqualTo(i);
            shares.giveBack("ann");
        }
        assertThat(shares.of("ann")).isZero();
        assertThat(takeAll("bob")).isEqualTo(4);
    }

    private int takeAll(String caller) {
        int taken = 0;
        while (shares.take(caller)) {
            taken++;
        }
        return taken;
    }
}
