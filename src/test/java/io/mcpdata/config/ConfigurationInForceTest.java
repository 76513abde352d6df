package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfigurationInForceTest {

    private static final String ONE = "server: {name: one}";
    private static final String TWO = "server: {name: two}";
    private static final String BAD = "server: {colour: red}";

    private final List<ConfigurationChanged> changes = new ArrayList<>();
    private final List<ConfigurationRejected> rejections = new ArrayList<>();
    private final MovableClock clock = new MovableClock();
    private final ConfigurationInForce inForce = new ConfigurationInForce(changes::add, rejections::add, clock);

    private void take(String text) {
        inForce.take(Reading.of(text));
    }

    @Test
    void readingsAreCountedByWhatCameOfThem() {
        assertThat(inForce.readings()).isEqualTo(Map.of("taken", 0L, "unchanged", 0L, "rejected", 0L));
        take(ONE);
        take(ONE);
        take(BAD);
        take(TWO);
        take(TWO);
        take(TWO);
        assertThat(inForce.readings()).isEqualTo(Map.of("taken", 2L, "unchanged", 3L, "rejected", 1L));
    }

    @Test
    void untilAFileWasReadEverythingIsDenied() {
        assertThat(inForce.state().usable()).isFalse();
        assertThat(inForce.state().config()).isEqualTo(PlatformConfig.denyAll());
        assertThat(inForce.state().config().personas()).isEmpty();
        assertThat(inForce.state().config().apiKeys().enabled()).isFalse();
        assertThat(inForce.state().problems()).isNotEmpty();
    }

    @Test
    void firstGoodFileIsInForceAndNoChange() {
        take(ONE);
        assertThat(inForce.state().usable()).isTrue();
        assertThat(inForce.state().problems()).isEmpty();
        assertThat(inForce.state().config().server().name()).isEqualTo("one");
        assertThat(changes).isEmpty();
    }

    @Test
    void firstBadFileDeniesEverythingAndTellsWhy() {
        take(BAD);
        assertThat(inForce.state().usable()).isFalse();
        assertThat(inForce.state().config()).isEqualTo(PlatformConfig.denyAll());
        assertThat(inForce.state().problems()).singleElement().asString().contains("server.colour");
        // there is no store yet for an audit row
        assertThat(rejections).isEmpty();
    }

    @Test
    void nextGoodFileReplacesTheOldOneAndIsAnnounced() {
        take(ONE);
        take(TWO);
        assertThat(inForce.state().config().server().name()).isEqualTo("two");
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.previous().server().name()).isEqualTo("one");
            assertThat(change.current()).isSameAs(inForce.state().config());
            assertThat(change.changes()).containsExactly("server.name changed");
        });
    }

    @Test
    void badFileIsRefusedAndTheOldOneStaysInForce() {
        take(ONE);
        PlatformConfig before = inForce.state().config();
        take(BAD);
        assertThat(inForce.state().config()).isSameAs(before);
        assertThat(inForce.state().usable()).isTrue();
        assertThat(inForce.state().problems()).hasSize(1);
        assertThat(rejections)
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.problems())
                        .isEqualTo(inForce.state().problems()));
        assertThat(changes).isEmpty();
    }

    @Test
    void returnToTheOldFileEndsTheProblemsWithoutAChange() {
        take(ONE);
        PlatformConfig before = inForce.state().config();
        take(BAD);
        take(ONE + " # as it was");
        assertThat(inForce.state().problems()).isEmpty();
        assertThat(inForce.state().config()).isSameAs(before);
        assertThat(changes).isEmpty();
    }

    @Test
    void changeIsInForceEvenIfItsAuditRowFails() {
        ConfigurationInForce unheard = new ConfigurationInForce(
                change -> {
                    throw new IllegalStateException("the store is down");
                },
                rejection -> {
                    throw new IllegalStateException("the store is down");
                },
                clock);
        unheard.take(Reading.of(ONE));
        unheard.take(Reading.of(BAD));
        assertThat(unheard.state().config().server().name()).isEqualTo("one");
        unheard.take(Reading.of(TWO));
        assertThat(unheard.state().config().server().name()).isEqualTo("two");
        assertThat(unheard.state().problems()).isEmpty();
    }

    @Test
    void whatCouldNotBeReadIsRefusedLikeABadFile() {
        take(ONE);
        inForce.reject(List.of("gone"));
        assertThat(inForce.state().problems()).containsExactly("gone");
        assertThat(inForce.state().usable()).isTrue();
        assertThat(rejections).hasSize(1);
    }

    @Test
    void sourceTellsTheFileAndWhenItWasReadTakenAndRefused() {
        Instant begin = clock.instant();
        assertThat(inForce.state().source()).isEqualTo(ConfigurationSource.NONE);
        inForce.from(Path.of("platform.yaml"));
        take(ONE);
        clock.advance(Duration.ofSeconds(1));
        take(BAD);
        ConfigurationSource refused = inForce.state().source();
        assertThat(refused.file()).contains(Path.of("platform.yaml"));
        assertThat(refused.readAt()).contains(begin.plusSeconds(1));
        assertThat(refused.inForceSince()).contains(begin);

        clock.advance(Duration.ofSeconds(1));
        take(ONE + " # as it was");
        assertThat(inForce.state().source().inForceSince()).contains(begin);
        clock.advance(Duration.ofSeconds(1));
        take(TWO);
        ConfigurationSource taken = inForce.state().source();
        assertThat(taken.readAt()).contains(begin.plusSeconds(3));
        assertThat(taken.inForceSince()).contains(begin.plusSeconds(3));
        assertThat(taken.lastRejection()).hasValueSatisfying(rejection -> {
            assertThat(rejection.at()).isEqualTo(begin.plusSeconds(1));
            assertThat(rejection.problems()).singleElement().asString().contains("server.colour");
        });
    }
}
