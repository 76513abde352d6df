package io.mcpdata.container.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The stack traces in a server's log. */
public final class StackTraces {

    // WildFly names the deployment before the class
    private static final Pattern OURS = Pattern.compile("^\tat (\\S+//)?io\\.mcpdata\\.", Pattern.MULTILINE);

    /**
     * The log lines of pools about a connection whose database hangs. Payara Micro's about an aborted one: two traces
     * about state that it could not restore, through this method. WildFly's, which its JDBC adapter writes: the place of
     * a use that runs when the server stops its pools, and the state of an aborted connection that it could not restore.
     */
    private static final Pattern OF_POOLS =
            Pattern.compile("\\tat com\\.sun\\.gjc\\.spi\\.jdbc40\\.ConnectionHolder40\\.abort\\(| IJ0300(22|61): ");

    private StackTraces() {}

    /** The traces that contain code of the product, except those of pools about connections whose database hangs. */
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
        if (OURS.matcher(whole).find() && !OF_POOLS.matcher(whole).find()) {
            found.add(whole);
        }
        trace.clear();
    }
}
