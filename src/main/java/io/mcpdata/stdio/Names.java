package io.mcpdata.stdio;

import java.util.List;
import java.util.regex.Pattern;

/** The same rules for names and roles as {@code platform.yaml} has, applied before anything is made. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,126}[\\x21-\\x7e])?");
    private static final Pattern ROLE = Pattern.compile("[^\\p{Cc}\\p{Z}]([^\\p{Cc}]{0,126}[^\\p{Cc}\\p{Z}])?");

    private Names() {}

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw CommandFailed.usage("--name: expected 1 to 128 printable ASCII characters, no space at either end");
        }
    }

    static void checkRoles(List<String> roles) {
        for (String role : roles) {
            if (!ROLE.matcher(role).matches()) {
                throw CommandFailed.usage("--role: expected 1 to 128 printable characters, no space at either end");
            }
        }
    }
}
