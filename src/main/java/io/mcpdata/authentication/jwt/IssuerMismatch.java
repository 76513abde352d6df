package io.mcpdata.authentication.jwt;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says how the issuer that a discovery document claims differs from the configured one, and how to correct it. */
final class IssuerMismatch {

    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7e]");
    private static final int LONGEST = 256;

    private IssuerMismatch() {}

    static String described(String configured, @Nullable Object claimed) {
        if (!(claimed instanceof String issuer)) {
            return "names no issuer, so it is no discovery document";
        }
        String shown = UNPRINTABLE.matcher(issuer).replaceAll("?");
        return "is about the issuer \"" + (shown.length() > LONGEST ? shown.substring(0, LONGEST) + "..." : shown)
                + "\"; " + advice(configured, issuer);
    }

    private static String advice(String configured, String claimed) {
        if (claimed.contains("{tenantid}")) {
            // Entra ID for "common" and "organizations": no token has this issuer
            return "use the tenant's own issuer, with the tenant's id in place of {tenantid}";
        }
        if (claimed.equals(configured + "/") || configured.equals(claimed + "/")) {
            return "the slash at the end is part of an issuer, so set issuer to exactly this";
        }
        return "set issuer to exactly this if tokens have it as iss";
    }
}
