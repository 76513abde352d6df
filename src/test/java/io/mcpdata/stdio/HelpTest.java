package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class HelpTest {

    private final RecordingTerminal terminal = new RecordingTerminal();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "keygen",
                "check",
                "keys",
                "keys list",
                "keys create",
                "keys revoke",
                "keys rotate",
                "access",
                "audit",
                "audit list",
                "audit show",
                "audit stats",
                "audit export",
                "audit verify",
                "store",
                "store backup",
                "store restore",
                "store copy",
                "version"
            })
    void helpReadsAsItWasAgreed(String command) throws IOException {
        String[] arguments = (command + " --help").strip().split(" ");

        assertThat(terminal.run(arguments)).isZero();

        assertThat(terminal.out()).isEqualTo(agreed(command));
        assertThat(terminal.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpADescriptionAndADescriptionOfEachOption(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getCommandSpec().optionsMap()).containsKey("--help");
        assertThat(command.getCommandSpec().args())
                .allSatisfy(argument -> assertThat(argument.description()).isNotEmpty());
    }

    static Stream<CommandLine> commands() {
        return withSubcommands(Main.commands(Terminal.ofProcess()));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::withSubcommands));
    }

    @Test
    void versionIsToldWithTheJavaItRunsOn() {
        assertThat(terminal.run("version")).isZero();

        assertThat(terminal.out()).startsWith("mcp-data-platform ").contains("Java " + Runtime.version());
    }

    @Test
    void callingNoCommandIsAUsageError() {
        assertThat(terminal.run()).isEqualTo(2);

        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).contains("Try 'mcp-data-platform --help'.");
    }

    @Test
    void callingAGroupWithoutItsCommandIsAUsageError() {
        assertThat(terminal.run("keys")).isEqualTo(2);

        assertThat(terminal.err()).contains("expected one of list, create, revoke and rotate");
    }

    @Test
    void aKeyGivenAsAnArgumentIsNotRepeated() {
        RecordingTerminal maker = new RecordingTerminal();
        maker.run("keygen", "--quiet");
        String key = maker.out().strip();

        assertThat(terminal.run("keys", "list", key)).isEqualTo(2);

        assertThat(terminal.err()).contains("Unmatched argument").doesNotContain(key);
    }

    private static String agreed(String command) throws IOException {
        String file = "help" + (command.isEmpty() ? "" : "-" + command.replace(' ', '-')) + ".txt";
        try (InputStream text = Objects.requireNonNull(HelpTest.class.getResourceAsStream(file), file)) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }
}
