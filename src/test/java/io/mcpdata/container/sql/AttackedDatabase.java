package io.mcpdata.container.sql;

import java.util.List;
import java.util.Map;

/** A database with a table, a sequence and functions that do harm, and an account that may do everything. */
interface AttackedDatabase extends AutoCloseable {

    String ADMINISTRATOR = "canaryadmin";

    /** The name of its connection and of its table of attacks. */
    String name();

    String url();

    /** What stands for names in its attacks that it alone knows. */
    Map<String, String> values();

    /** What the attacks have changed in it since the last look. */
    List<String> changes();

    /** Makes the table what it was, so that one attack that got through does not hide what others do. */
    void repair();

    /** What the account reads of the secret file when nothing stands between: the attacks could succeed. */
    String secretAsTheAccountReadsIt();

    /** Whether a statement of the platform runs in it. */
    boolean busy();

    @Override
    void close() throws Exception;
}
