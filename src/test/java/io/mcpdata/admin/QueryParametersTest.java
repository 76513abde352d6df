package io.mcpdata.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.audit.query.AuditField;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.gateway.Seal;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of the audit trail's addresses. */
final class QueryParametersTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final MultivaluedMap<String, String> query = new MultivaluedHashMap<>();

    @ParameterizedTest
    @CsvSource({
        "1d,2026-05-31T12:00:00Z",
        "90m,2026-06-01T10:30:00Z",
        "0s,2026-06-01T12:00:00Z",
        "2026-01-31T08:00:00Z,2026-01-31T08:00:00Z",
        "2026-01-31T08:00:00.5+02:00,2026-01-31T06:00:00.500Z"
    })
    void timeIsAnInstantOrHowLongAgo(String given, String meant) {
        query.putSingle("since", given);
        assertThat(filter().since()).contains(Instant.parse(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "1w",
                "-1d",
                "1D",
                "2026-01-31",
                "2026-01-31T08:00:00",
                "9999999d",
                "999999d",
                "+12026-01-31T08:00:00Z",
                "1969-12-31T23:59:59Z",
                "2026-01-31T08:00:00 02:00"
            })
    void otherTimeIsRefused(String given) {
        query.putSingle("since", given);
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.parameter()).isEqualTo("since");
            assertThat(problem.expected()).contains("2026-01-31T08:00:00Z", "90d");
        });
    }

    @Test
    void filterHasEveryValue() {
        for (AuditField field : AuditField.values()) {
            query.putSingle(field.name().toLowerCase(java.util.Locale.ROOT), "a");
        }
        query.putSingle("type", "tool_call");
        query.putSingle("outcome", "DENIED");
        query.putSingle("text", "orders");
        AuditFilter filter = filter();
        assertThat(filter.values())
                .hasSize(AuditField.values().length)
                .containsEntry(AuditField.TYPE, "TOOL_CALL")
                .containsEntry(AuditField.OUTCOME, "DENIED")
                .containsEntry(AuditField.KEY_ID, "a");
        assertThat(filter.text()).contains("orders");
        assertThat(filter.since()).isEqualTo(Optional.empty());
    }

    @Test
    void allFaultsAreReportedTogether() {
        query.putSingle("colour", "red");
        query.put("tool", List.of("a", "b"));
        query.putSingle("type", "CALL");
        query.putSingle("persona", "");
        query.putSingle("since", "1h");
        query.putSingle("until", "2h");
        assertThat(problems())
                .extracting(ParameterProblem::toString)
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text)
                                .startsWith("colour: found an unknown parameter; expected one of caller, "),
                        text -> assertThat(text).isEqualTo("tool: found 2 values; expected one value"),
                        text -> assertThat(text).startsWith("type: found 'CALL'; expected one of LOGIN_FAILURE, "),
                        text -> assertThat(text).startsWith("persona: found nothing; expected a text of 1 to 128"),
                        text -> assertThat(text).startsWith("until: found a time that is not after since"));
    }

    @Test
    void valueThatCanBeAKeyIsNotShown() {
        query.putSingle("type", "canary-0123456789");
        query.putSingle("canary-0123456789\n", "x");
        assertThat(problems().toString()).doesNotContain("canary-0123456789").doesNotContain("\n");
    }

    @Test
    void cursorIsOnlyGoodForItsCallerAndFilters() {
        AuditCursors cursors = new AuditCursors(Seal.ofRandomKey());
        query.putSingle("tool", "a");
        query.putSingle("since", "1d");
        AuditFilter filter = filter();
        String cursor = cursors.cursor(
                parameters(),
                "me",
                new AuditCursors.Place(filter, 7, Optional.empty()),
                new io.mcpdata.audit.query.AuditPosition(NOW, 5));
        query.putSingle("cursor", cursor);
        query.putSingle("limit", "3");
        AuditFilter later = AuditFilters.of(parameters(), NOW.plusSeconds(600));
        AuditCursors.Place place = cursors.place(parameters(), "me", later).orElseThrow();
        assertThat(place.filter()).isEqualTo(filter);
        assertThat(place.newest()).isEqualTo(7);

        assertThat(cursors.place(parameters(), "you", later)).isEmpty();
        assertThat(new AuditCursors(Seal.ofRandomKey()).place(parameters(), "me", later))
                .isEmpty();
        query.putSingle("tool", "b");
        assertThat(cursors.place(parameters(), "me", later)).isEmpty();
        query.putSingle("tool", "a");
        for (String tampered : List.of("", "x", cursor + "x", cursor.substring(2), "." + cursor)) {
            query.putSingle("cursor", tampered);
            assertThat(cursors.place(parameters(), "me", later)).as(tampered).isEmpty();
        }
        QueryParameters last = parameters();
        assertThat(cursors.place(last, "me", later)).isEmpty();
        assertThat(catchThrowableOfType(InvalidParameters.class, last::check).problems())
                .extracting(ParameterProblem::parameter)
                .containsExactly("cursor");
    }

    private QueryParameters parameters() {
        return new QueryParameters(query, AuditFilters.namesAnd("limit", "cursor"));
    }

    private AuditFilter filter() {
        QueryParameters parameters = parameters();
        AuditFilter filter = AuditFilters.of(parameters, NOW);
        parameters.check();
        return filter;
    }

    private List<ParameterProblem> problems() {
        return catchThrowableOfType(InvalidParameters.class, this::filter).problems();
    }
}
