package io.mcpdata.authentication.apikey;

import java.util.Locale;

/** A change of keys that was refused. The message is for the caller: what is wrong, and how to correct it. */
public final class KeyChangeRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reason, in one word for the audit row. */
    public enum Reason {
        KEY_UNKNOWN,
        KEY_OF_FILE,
        KEY_ENDED,
        CHANGED_SINCE_READ,
        ROLES_NOT_HELD,
        RIGHTS_NOT_HELD,
        BEYOND_CREDENTIAL,
        NAME_OF_ANOTHER,
        TOO_MANY_KEYS;

        String category() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final String rule;

    KeyChangeRefused(Reason reason, String message) {
        this(reason, message, "");
    }

    /** @param rule for the audit row: the rule that decided */
    KeyChangeRefused(Reason reason, String message, String rule) {
        super(message, null, false, false);
        this.reason = reason;
        this.rule = rule;
    }

    public Reason reason() {
        return reason;
    }

    String rule() {
        return rule;
    }

    /** Never null: the constructor requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
