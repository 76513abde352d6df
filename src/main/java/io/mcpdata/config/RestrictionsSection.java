package io.mcpdata.config;

import io.mcpdata.config.MaskConfig.Show;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The keys {@code masks} and {@code filters} of a persona. */
final class RestrictionsSection {

    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_WHERE = 4_000;
    private static final Pattern QUOTED = Pattern.compile("'[^']*+'|\"[^\"]*+\"|`[^`]*+`");
    private static final Pattern END = Pattern.compile(";|--|/\\*");

    private final UnaryOperator<Glob> ofConnection;

    /** @param ofConnection refuses a glob that names no connection of the file */
    RestrictionsSection(UnaryOperator<Glob> ofConnection) {
        this.ofConnection = ofConnection;
    }

    RestrictionsConfig read(Section persona) {
        List<MaskConfig> masks = new ArrayList<>();
        for (Section mask : persona.sections("masks")) {
            masks.add(mask(mask));
        }
        List<RowFilterConfig> filters = new ArrayList<>();
        for (Section filter : persona.sections("filters")) {
            filter(filter).ifPresent(filters::add);
        }
        return new RestrictionsConfig(masks, filters);
    }

    private MaskConfig mask(Section mask) {
        mask.only("columns", "show", "text");
        List<Glob> columns = globs(mask, "columns", DataName.COLUMNS_OF_CONNECTIONS, DataName::columnsOfConnections);
        boolean own = mask.isGiven("text");
        if (!own && !mask.isGiven("show")) {
            mask.error(
                    "", "a mask that does not say what callers get", "show: nothing, hash or last4; or text: a text");
        }
        Show show = ConfigComponent.choice(Show.class, MaskConfig.class, "show", mask);
        if (own && mask.isGiven("show") && show != Show.TEXT) {
            mask.error("show", "show beside text", "one of them");
        } else if (!own && show == Show.TEXT) {
            mask.error("show", "text without a text", "text: what callers get instead of each value");
        }
        String text = own
                ? mask.required(
                                "text",
                                "1 to " + LONGEST_TEXT + " printable characters",
                                RestrictionsSection::printable)
                        .orElse("")
                : "";
        return new MaskConfig(columns, own ? Show.TEXT : show, text);
    }

    private Optional<RowFilterConfig> filter(Section filter) {
        filter.only("tables", "where", "values");
        List<Glob> tables = globs(filter, "tables", DataName.TABLES_OF_CONNECTIONS, DataName::tablesOfConnections);
        Map<String, IdentitySource> values = new LinkedHashMap<>();
        Section given = filter.section("values");
        for (String name : given.keys()) {
            given.required(name, IdentitySource.EXPECTED, IdentitySource::parse)
                    .ifPresent(source -> values.put(name, source));
        }
        Optional<String> where = filter.required(
                "where",
                "a condition of SQL such as region = :region, of 1 to " + LONGEST_WHERE
                        + " characters, with closed quotes and brackets, without comments and semicolons",
                RestrictionsSection::condition);
        where.map(QueryText::of).ifPresent(text -> compare(filter, given, text));
        return where.map(condition -> new RowFilterConfig(tables, condition, values));
    }

    private static void compare(Section filter, Section values, QueryText where) {
        for (String name : where.names()) {
            if (!values.isGiven(name)) {
                String shown = filter.contains("where", ":" + name) ? FoundText.printable(":" + name) : ":...";
                filter.error("where", shown + ", which is no value of this filter", "it among values");
            }
        }
        for (String name : values.keys()) {
            if (!where.names().contains(name)) {
                values.error(
                        name,
                        "a value that the condition does not use",
                        ":" + FoundText.printable(name) + " in the condition, or no such value");
            }
        }
    }

    private List<Glob> globs(Section section, String key, String expected, Function<String, Glob> glob) {
        List<Glob> globs = section.isGiven(key)
                ? section.oneOrMore(key, expected, text -> ofConnection.apply(glob.apply(text)))
                : List.of();
        if (!section.isGiven(key) || section.isEmpty(key)) {
            section.error(section.isGiven(key) ? key : "", "no " + key, key + ": " + expected);
        }
        return globs;
    }

    private static String printable(String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not usable");
        }
        return text;
    }

    /** Its quotes and brackets are closed, so that it stays one condition between brackets. */
    private static String condition(String where) {
        String outside = QUOTED.matcher(where).replaceAll("");
        int open = 0;
        for (int i = 0; i < outside.length() && open >= 0; i++) {
            char c = outside.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        boolean good = !where.isBlank()
                && where.length() <= LONGEST_WHERE
                && open == 0
                && !END.matcher(outside).find()
                && QueryText.of(where).problem().isEmpty();
        if (!good) {
            throw new IllegalArgumentException("not usable");
        }
        return where;
    }
}
