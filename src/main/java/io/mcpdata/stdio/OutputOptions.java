package io.mcpdata.stdio;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How to show a new key. */
final class OutputOptions {

    /** At most one of these options. */
    static final class Choice {
        @Option(
                names = {"-q", "--quiet"},
                description = "Print the key and nothing else.")
        private boolean quiet;

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "text for humans (the default), json for programs.")
        private CheckCommand.Format format = CheckCommand.Format.TEXT;
    }

    @ArgGroup
    private @Nullable Choice choice;

    boolean quiet() {
        return choice != null && choice.quiet;
    }

    boolean json() {
        return choice != null && choice.format == CheckCommand.Format.JSON;
    }
}
