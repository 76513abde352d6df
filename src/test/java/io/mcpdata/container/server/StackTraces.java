package io.mcpdata.container.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The stack traces in a server's log. */
public final class StackTraces {

    // WildFly names the deployment before the class
    private static final Pattern OURS = Pattern.compile("^\tat (\\S+//)?io\\.mcpdata\\.", Pattern.MULTILINE);

    /**
     * What pools tell their operator of a connection whose database hangs. Payara Micro's, of one that was given up: two
     * traces of what it then could not restore, through this method. WildFly's, of one that is in use when the server stops
     * its pools: where that use is.
     */
    private static final Pattern OF_POOLS = Pattern.compile(
            "\\tat com\\.sun\\.gjc\\.spi\\.jdbc40\\.ConnectionHolder40\\.abort\\(| IJ030022: Lock owned");

    private StackTraces() {}

    /** Those that lead through code of the product, except what pools tell of connections whose database hangs. */
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
