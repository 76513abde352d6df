package io.mcpdata.container.sql;

import java.util.List;
import java.util.Map;

/** A database with a table, a sequence and functions that do harm, and an account that may do everything. */
interface AttackedDatabase extends AutoCloseable {

    String ADMINISTRATOR = "canaryadmin";

    /** The name of its connection and of its table of attacks. */
    String name();

    String url();

    /** The keys of its connection that say where it is and who reads it. */
    default String source() {
        return "url: \"" + url() + "\", username: " + ADMINISTRATOR
                + ", password: \"${CANARY_PASSWORD}\", allow_privileged_account: true";
    }

    /** The values of placeholders in its attacks that are known only here. */
    Map<String, String> values();

    /** What the attacks have changed in it since the last check. */
    List<String> changes();

    /** Restores the table, so that one attack that succeeds does not hide the effects of others. */
    void repair();

    /** What the account reads of the secret file without the platform: the attacks could succeed. */
    String secretAsTheAccountReadsIt();

    /** Whether a statement of the platform runs in it. */
    boolean busy();

    @Override
    void close() throws Exception;
}
