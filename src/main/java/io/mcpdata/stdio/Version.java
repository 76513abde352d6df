package io.mcpdata.stdio;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the command line, from the manifest of its jar. */
final class Version implements IVersionProvider {

    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"mcp-data-platform " + number(), "Java " + Runtime.version()};
    }
}
