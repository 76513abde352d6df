package io.mcpdata.container.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The stack traces in a server's log. */
public final class StackTraces {

    // WildFly names the deployment before the class
    private static final Pattern OURS = Pattern.compile("^\tat (\\S+//)?io\\.mcpdata\\.", Pattern.MULTILINE);

    /**
     * Payara Micro tells its operator of a connection that was given up by two traces, of what it then could not restore,
     * unless its log has ended by then. They lead through this method of its pool.
     */
    private static final String GIVEN_UP_ON_PAYARA = "\tat com.sun.gjc.spi.jdbc40.ConnectionHolder40.abort(";

    private StackTraces() {}

    /** Those that lead through code of the product, except what a pool tells of a connection that was given up. */
    public static List<String> ofOurs(String log) {
        List<String> found = new ArrayList<>();
        List<String> trace = new ArrayList<>();
        String before = "";
        for (String line : (log + "\n").lines().toList()) {
            if (belongs(line)) {
                if (trace.isEmpty()) {
                    trace.add(before);
                }
                trace.add(line);
            } else {
                end(trace, found);
            }
            before = line;
        }
        end(trace, found);
        return found;
    }

    private static boolean belongs(String line) {
        return line.startsWith("\tat ") || line.startsWith("\t... ") || line.startsWith("Caused by: ");
    }

    private static void end(List<String> trace, List<String> found) {
        String whole = String.join("\n", trace);
        if (OURS.matcher(whole).find() && !whole.contains(GIVEN_UP_ON_PAYARA)) {
            found.add(whole);
        }
        trace.clear();
    }
}
