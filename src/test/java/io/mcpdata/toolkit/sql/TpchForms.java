package io.mcpdata.toolkit.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts that each dialect writes in its own way, for questions that are otherwise the same. */
enum TpchForms {
    POSTGRESQL("analyze-postgresql.sql") {
        @Override
        String form(String name, String[] words) {
            return switch (name) {
                case "plus" -> "'" + words[0] + "'::date + INTERVAL '" + words[1] + " " + words[2] + "'";
                case "minus" -> "'" + words[0] + "'::date - INTERVAL '" + words[1] + " " + words[2] + "'";
                case "year" -> "EXTRACT(YEAR FROM " + words[0] + ")";
                case "prefix" -> "SUBSTRING(" + words[0] + " FROM 1 FOR " + words[1] + ")";
                case "limit" -> "LIMIT " + words[0];
                default -> throw new IllegalArgumentException(name);
            };
        }
    },
    MARIADB("analyze-mariadb.sql") {
        @Override
        String form(String name, String[] words) {
            return switch (name) {
                case "plus" -> "DATE_ADD(DATE '" + words[0] + "', INTERVAL " + words[1] + " " + words[2] + ")";
                case "minus" -> "DATE_SUB(DATE '" + words[0] + "', INTERVAL " + words[1] + " " + words[2] + ")";
                case "year" -> "YEAR(" + words[0] + ")";
                case "prefix" -> "LEFT(" + words[0] + ", " + words[1] + ")";
                case "limit" -> "LIMIT " + words[0];
                default -> throw new IllegalArgumentException(name);
            };
        }
    },
    H2("analyze-h2.sql") {
        @Override
        String form(String name, String[] words) {
            return switch (name) {
                case "plus" -> "DATEADD(" + words[2] + ", " + words[1] + ", DATE '" + words[0] + "')";
                case "minus" -> "DATE '" + words[0] + "' - INTERVAL '" + words[1] + "' " + words[2];
                case "year" -> "YEAR(" + words[0] + ")";
                case "prefix" -> "SUBSTRING(" + words[0] + ", 1, " + words[1] + ")";
                case "limit" -> "FETCH FIRST " + words[0] + " ROWS ONLY";
                default -> throw new IllegalArgumentException(name);
            };
        }
    };

    private static final Pattern FORM = Pattern.compile("\\$\\{(\\w+):([^}]*)}");

    private final String statistics;

    TpchForms(String statistics) {
        this.statistics = statistics;
    }

    /** The file that makes the database count its rows, so that it plans well. */
    String statistics() {
        return statistics;
    }

    String of(String question) {
        return FORM.matcher(question)
                .replaceAll(found -> Matcher.quoteReplacement(
                        form(found.group(1), found.group(2).split(":"))));
    }

    abstract String form(String name, String[] words);
}
