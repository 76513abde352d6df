package io.mcpdata.stdio;

import io.mcpdata.config.KeyName;
import io.mcpdata.config.RoleName;
import java.util.List;

/** Checks the options of commands that make a key, before anything is made. */
final class KeyOptions {

    private KeyOptions() {}

    static void check(String name, List<String> roles) {
        if (!KeyName.isName(name)) {
            throw CommandFailed.usage("--name: expected " + KeyName.EXPECTED);
        }
        if (!roles.stream().allMatch(RoleName::isRole)) {
            throw CommandFailed.usage("--role: expected " + RoleName.EXPECTED);
        }
    }
}
