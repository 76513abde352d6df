package io.mcpdata.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a body claims to be JSON. It must say so: a browser sends other types across origins without asking first.
 */
public final class JsonContentType {

    private static final Pattern JSON =
            Pattern.compile("application/json([ \\t]*;[ \\t]*charset[ \\t]*=[ \\t]*(utf-?8|\"utf-?8\"))?[ \\t]*;?");

    private JsonContentType() {}

    public static boolean is(@Nullable String header) {
        return header != null
                && JSON.matcher(header.strip().toLowerCase(Locale.ROOT)).matches();
    }
}
