package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogSectionTest {

    private static final String FILE = "connections: {w: {demo: retail}}\ncatalog:\n";

    @TempDir
    private Path folder;

    @Test
    void everyKeyIsReadAndShown() {
        PlatformConfig config = Reading.config(FILE + """
                  tables:
                    w:
                      retail.old_orders:
                        description: Orders before 2020
                        tags: [sales]
                        owner: data team
                        columns:
                          total: {description: Value, unit: EUR, tags: [money]}
                        deprecated: {replacement: retail.orders, reason: not filled any more}
                        examples: ["How many orders were there in 2019?"]
                  glossary:
                    revenue: {definition: Money of sales, tables: [w/retail.old_orders]}
                """);
        CatalogTableConfig table = config.catalog().tables().get(0);
        assertThat(table.label()).isEqualTo("catalog w/retail.old_orders");
        assertThat(table.column("TOTAL").orElseThrow().unit()).isEqualTo("EUR");
        assertThat(table.deprecated().orElseThrow().replacement().orElseThrow()).hasToString("retail.orders");
        assertThat(ConfigJson.of(config).build().getJsonObject("catalog"))
                .hasToString("{\"tables\":[{\"connection\":\"w\",\"table\":\"retail.old_orders\","
                        + "\"description\":\"Orders before 2020\",\"tags\":[\"sales\"],\"owner\":\"data team\","
                        + "\"columns\":[{\"name\":\"total\",\"description\":\"Value\",\"unit\":\"EUR\",\"tags\":[\"money\"]}],"
                        + "\"deprecated\":{\"replacement\":\"retail.orders\",\"reason\":\"not filled any more\"},"
                        + "\"examples\":[\"How many orders were there in 2019?\"]}],"
                        + "\"glossary\":[{\"term\":\"revenue\",\"definition\":\"Money of sales\","
                        + "\"tables\":[\"w/retail.old_orders\"]}]}");
        assertThat(ConfigDiff.between(Reading.config(FILE + "  tables:"), config))
                .containsExactly("catalog w/retail.old_orders added", "glossary revenue added");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tables: {x: {a.b: }} | tables.x: found an unknown connection; expected one of the connections of platform.yaml",
                "tables: {w: {b: }} | tables.w.b: found no name of a table; expected SCHEMA.TABLE, with - as the schema of a database without schemas",
                "tables: {w: {a.b: , A.B: }} | tables.w.A.B: found the table a second time; expected each table once, in either case, in all files together",
                "tables: {w: {a.b: {columns: {c: , C: }}}} | tables.w.a.b.columns.C: found the column a second time; expected each column once, in either case",
                "tables: {w: {a.b: {deprecated: {}}}} | tables.w.a.b.deprecated: found neither replacement nor reason; expected one of them",
                "tables: {w: {a.b: {deprecated: {replacement: b}}}} | tables.w.a.b.deprecated.replacement: found \"b\"; expected SCHEMA.TABLE, with - as the schema of a database without schemas",
                "tables: {w: {a.b: {tags: ['']}}} | tables.w.a.b.tags[0]: found \"\"; expected a text of 1 to 200 characters",
                "glossary: {t: {}} | glossary.t.definition: found nothing; expected a text of at most 4000 characters",
                "glossary: {t: {definition: d, tables: [x/a.b]}} | glossary.t.tables[0]: found \"x/a.b\"; expected CONNECTION/SCHEMA.TABLE, with a connection of platform.yaml",
                "glossary: {t: {definition: d}, T: {definition: d}} | glossary.T: found the word a second time; expected each word once, in either case, in all files together",
            })
    void faultsNameThePlace(String given, String message) {
        assertThat(Reading.errors(FILE + "  " + given + "\n")).containsExactly("platform.yaml:3: catalog." + message);
    }

    @Test
    void filesAreMergedAndWatched() throws IOException {
        write("sales.yaml", "tables: {w: {retail.orders: {description: One row per order}}}\n");
        write("words.yaml", "glossary: {revenue: {definition: Money}}\n");
        write("empty.yaml", "");
        ConfigReading reading = read("  files: [sales.yaml, words.yaml, empty.yaml]\n"
                + "  tables: {w: {retail.returns: {description: What came back}}}\n");
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.config().orElseThrow().catalog().tables())
                .extracting(CatalogTableConfig::description)
                .containsExactly("What came back", "One row per order");
        assertThat(reading.config().orElseThrow().catalog().glossary()).hasSize(1);
        assertThat(reading.files()).contains(folder.resolve("sales.yaml"), folder.resolve("empty.yaml"));
    }

    @Test
    void faultsOfAFileNameTheFileAndItsLine() throws IOException {
        write("bad.yaml", "tables:\n  w:\n    retail.orders:\n      descripton: x\n");
        write("broken.yaml", "tables: {\n");
        write("again.yaml", "tables: {w: {RETAIL.RETURNS: {}}}\n");
        assertThat(
                        read("  files: [bad.yaml, absent.yaml, broken.yaml, again.yaml]\n  tables: {w: {retail.returns: }}\n")
                                .errors())
                .extracting(ConfigProblem::toString)
                .hasSize(4)
                .anyMatch(text -> text.startsWith(
                        "bad.yaml:4: tables.w.retail.orders.descripton: found an unknown key; expected one of"))
                .anyMatch(text -> text.startsWith("platform.yaml:3: catalog.files: found absent.yaml: no regular file"))
                .anyMatch(text -> text.startsWith("broken.yaml:2: "))
                .anyMatch(text ->
                        text.startsWith("again.yaml:1: tables.w.RETAIL.RETURNS: found the table a second time"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ConfigReading read(String catalog) throws IOException {
        Path file = folder.resolve("platform.yaml");
        Files.writeString(file, FILE + catalog);
        return new PlatformConfigReader(name -> Optional.<String>empty()).read(file);
    }

    @Test
    void fileThatAVariableNamesIsNotShown() {
        assertThat(Reading.errors(FILE + "  files: ['${CANARY}']\n"))
                .singleElement()
                .asString()
                .contains("a file of catalog.files: no regular file")
                .doesNotContain("canary");
        assertThat(List.of(
                        CatalogTableName.parse("-.t.u").schema(),
                        CatalogTableName.parse("-.t.u").table()))
                .containsExactly("", "t.u");
    }
}
