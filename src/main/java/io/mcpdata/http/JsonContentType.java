package io.mcpdata.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request says that its body is JSON. It must say so: browsers send other types across origins without a
 * preflight request.
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
