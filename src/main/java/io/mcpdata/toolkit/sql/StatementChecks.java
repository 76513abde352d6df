package io.mcpdata.toolkit.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.EmbeddedBounds;
import io.mcpdata.toolkit.sql.guard.GuardedStatement;
import io.mcpdata.toolkit.sql.guard.Markers;
import io.mcpdata.toolkit.sql.guard.SqlGuard;
import io.mcpdata.toolkit.sql.guard.StatementRefused;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guard about statements and remembers its answers, so that a repeated statement is not parsed again. An
 * answer is valid for one reading of the database's profile, one list of allowed functions, and with or without the
 * statement's tables. Thread-safe.
 */
final class StatementChecks {

    /** Characters of the remembered statements, some 8 MB. */
    private static final long MOST_CHARACTERS = 4_000_000;

    /**
     * A statement and the facts that decide on it. Profiles are compared by identity, so a new reading of a profile has
     * no answers yet.
     */
    private record Question(DatabaseProfile profile, Set<String> allowed, boolean listsTables, String sql) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Question question
                    && profile == question.profile
                    && allowed.equals(question.allowed)
                    && listsTables == question.listsTables
                    && sql.equals(question.sql);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(profile) * 31 + sql.hashCode();
        }
    }

    /** A statement that was accepted, or the reason why not. */
    private record Answer(@Nullable GuardedStatement statement, String refusal) {}

    private final SqlGuard guard = new SqlGuard();
    private final Cache<Question, Answer> answers = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .<Question, Answer>weigher((question, answer) -> question.sql().length() + 200)
            .build();

    /**
     * @param allowed functions that the operator allows in addition
     * @param listsTables whether rules over tables will decide on the statement
     * @throws ToolException if the guard refuses the statement, or its values
     */
    GuardedStatement check(DatabaseProfile profile, Set<String> allowed, boolean listsTables, SqlStatement asked) {
        Answer answer = answers.get(new Question(profile, allowed, listsTables, asked.sql()), this::ask);
        GuardedStatement statement = answer.statement();
        if (statement == null) {
            throw refused(answer.refusal());
        }
        checkMarkers(asked, statement.markers());
        if (profile.dialect() == Dialect.H2) {
            checkValues(asked, statement.patterns());
        }
        return statement;
    }

    /** An H2 database in this JVM cannot be interrupted while it matches or expands a value. */
    private static void checkValues(SqlStatement asked, boolean patterns) {
        for (JsonValue value : asked.parameters()) {
            if (value instanceof JsonString text) {
                (patterns ? EmbeddedBounds.checkPattern(text.getString()) : EmbeddedBounds.checkValue(text.getString()))
                        .ifPresent(why -> {
                            throw refused(why);
                        });
            }
        }
    }

    private static void checkMarkers(SqlStatement asked, Markers markers) {
        try {
            if (!asked.parameters().isEmpty()) {
                markers.checkApart();
            }
            if (!asked.parameters().isEmpty() || asked.sql().indexOf('?') >= 0) {
                markers.checkCertain();
            }
        } catch (StatementRefused e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static ToolException refused(String why) {
        return new ToolException("statement_refused", "Statement refused: " + why);
    }

    private Answer ask(Question question) {
        DatabaseProfile profile = question.profile();
        try {
            return new Answer(
                    guard.check(
                            question.sql(),
                            profile.syntax(),
                            profile.functions().with(question.allowed()),
                            question.listsTables()),
                    "");
        } catch (StatementRefused e) {
            return new Answer(null, String.valueOf(e.getMessage()));
        }
    }
}
