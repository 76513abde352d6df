package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Verify that no audit row was changed, inserted or removed since it was written.",
            "Ends with 0 if that is so, and with 1 if a row or a signature does not match, or the server or store"
                    + " cannot be read."
        },
        footer = {
            "",
            "Examples:",
            "  mcp-data-platform audit verify",
            "  mcp-data-platform audit verify --data-dir /var/lib/mcp-data-platform"
        })
final class AuditVerifyCommand implements Runnable {

    private static final String LATER = "continues";

    private final Terminal terminal;

    @Option(
            names = "--expect",
            paramLabel = "ID:HASH",
            description = "A row and its hash that you kept elsewhere, such as that of an earlier verification.")
    private @Nullable String expected;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "The key that verifies signatures, if no server is asked; without it, audit-signing.pub in"
                    + " the data directory.")
    private @Nullable Path publicKey;

    @Option(names = "--json", description = "Print the server's last answer instead of a sentence.")
    private boolean json;

    @Mixin
    private final AuditSourceOptions source = new AuditSourceOptions();

    AuditVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (AuditTrail audit = source.open(terminal, Optional.ofNullable(publicKey))) {
            verify(audit);
        }
    }

    private void verify(AuditTrail audit) {
        Map<String, String> parameters = new TreeMap<>();
        if (expected != null) {
            parameters.put("expect", expected);
        }
        long rows = 0;
        JsonObject answer;
        do {
            answer = audit.verify(parameters);
            rows += number(answer, "rows");
            String next = JsonMembers.text(answer, "next");
            if (next.equals(parameters.put("from", next))) {
                throw new CommandFailed("the server verifies no further row after " + next + "; try again later");
            }
        } while (JsonMembers.text(answer, "result").equals(LATER));
        if (json) {
            terminal.out().println(Json.pretty(answer));
        }
        if (!JsonMembers.text(answer, "result").equals("verified")) {
            throw new CommandFailed(broken(answer, rows));
        }
        if (!json) {
            tell(answer, rows);
        }
    }

    /** Where the verification ended, and why. */
    static String broken(JsonObject answer, long rows) {
        JsonObject broken = JsonMembers.object(answer, "broken");
        return "the audit trail is not as it was written, after " + rows + " verified rows: "
                + JsonMembers.text(broken, "detail") + " (" + JsonMembers.text(broken, "found") + ")";
    }

    private void tell(JsonObject answer, long rows) {
        terminal.out().println(rows + " rows verified, up to " + Printable.of(JsonMembers.text(answer, "last")));
        if (number(answer, "newest_row") > number(answer, "covered_to")) {
            terminal.out()
                    .println("Rows after " + Printable.of(JsonMembers.text(answer, "covered_to"))
                            + " are not signed yet; that happens every minute.");
        }
        if (JsonMembers.text(answer, "older_rows").equals("true")) {
            terminal.out()
                    .println("Rows up to "
                            + Printable.of(JsonMembers.text(answer, "base").replaceFirst(":.*", ""))
                            + " are older than the chain, and were not verified.");
        }
    }

    static long number(JsonObject answer, String member) {
        String text = JsonMembers.text(answer, member);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
