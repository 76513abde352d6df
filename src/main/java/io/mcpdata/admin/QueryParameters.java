package io.mcpdata.admin;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parameters of a query string, each known and given once. Faults are collected and reported together. Lives within
 * one request.
 */
final class QueryParameters {

    private static final int MOST_PROBLEMS = 20;
    /** Longer values are not shown, because they can be keys. */
    private static final int LONGEST_SHOWN = 15;

    private final Map<String, String> given = new TreeMap<>();
    private final List<ParameterProblem> problems = new ArrayList<>();

    /** @param known the names that the address takes */
    QueryParameters(MultivaluedMap<String, String> query, Set<String> known) {
        query.forEach((name, values) -> {
            if (!known.contains(name)) {
                problem(
                        printable(name),
                        "an unknown parameter",
                        "one of " + known.stream().sorted().collect(Collectors.joining(", ")));
            } else if (values.size() != 1) {
                problem(name, values.size() + " values", "one value");
            } else {
                given.put(name, values.get(0));
            }
        });
    }

    /** All known parameters that were given once, by name. */
    Map<String, String> given() {
        return given;
    }

    /** The value converted; empty if it is absent or wrong. The conversion throws for a wrong one. */
    <T> Optional<T> value(String name, String expected, Function<String, T> conversion) {
        String value = given.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(conversion.apply(value));
        } catch (RuntimeException e) {
            problem(name, shown(value), expected);
            return Optional.empty();
        }
    }

    /** A text that is not empty. */
    Optional<String> text(String name, int longest) {
        return value(name, "a text of 1 to " + longest + " characters", value -> {
            if (value.isEmpty() || value.length() > longest) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    /** A number of rows from 1 to the highest. */
    Optional<Integer> limit(String name, int highest) {
        return value(name, "a number from 1 to " + highest, text -> {
            int limit = Integer.parseInt(text);
            if (limit < 1 || limit > highest) {
                throw new IllegalArgumentException();
            }
            return limit;
        });
    }

    void problem(String name, String found, String expected) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new ParameterProblem(name, found, expected));
        }
    }

    /** @throws InvalidParameters if anything was wrong */
    void check() {
        if (!problems.isEmpty()) {
            throw new InvalidParameters(problems);
        }
    }

    private static String shown(String value) {
        if (value.isEmpty()) {
            return "nothing";
        }
        return value.length() > LONGEST_SHOWN
                ? "a text of " + value.length() + " characters"
                : "'" + printable(value) + "'";
    }

    private static String printable(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() > LONGEST_SHOWN ? printable.substring(0, LONGEST_SHOWN) + "..." : printable;
    }
}
