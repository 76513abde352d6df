import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the demo prints when the server is ready: who may see what, and lines to paste. */
final class Greeting {

    /** A key that the server accepts. */
    private record Guest(
            String key,
            String persona,
            String description,
            List<String> permissions,
            List<String> tools,
            List<String> connections) {

        boolean readsAudit() {
            return permissions.contains("audit:read");
        }

        boolean may(String tool) {
            return tools.contains(tool) && !connections.isEmpty();
        }

        String sees() {
            String data = switch (connections.size()) {
                case 0 -> "no connection";
                case 1 -> "connection " + connections.get(0);
                default -> "connections " + String.join(", ", connections);
            };
            String number = tools.size() == 1 ? "1 tool" : tools.size() + " tools";
            return number + (tools.contains("sql_query") ? "" : " without sql_query") + ", " + data;
        }
    }

    private final Options options;
    private final Client client;
    private final String url;
    private final Path log;
    private final Path keyFile;

    Greeting(Options options, Path log, Path keyFile) {
        this.options = options;
        this.client = new Client(options.port());
        this.url = "http://localhost:" + options.port();
        this.log = log;
        this.keyFile = keyFile;
    }

    void print(Map<String, String> keys) throws InterruptedException {
        List<Guest> guests = new ArrayList<>();
        for (String key : keys.values()) {
            guest(key).ifPresent(guests::add);
        }
        System.out.printf(
                "%nThe demo is running at %s/ (Ctrl-C stops it). A browser shows there how to connect.%n", url);
        if (guests.isEmpty()) {
            System.out.println("This configuration accepts none of the demo's keys: it uses none of the variables "
                    + String.join(", ", keys.keySet()) + ".");
        } else {
            print(guests);
        }
        System.out.println("\nLog of the server: " + log);
    }

    private void print(List<Guest> guests) {
        System.out.println("\nKeys by persona. The persona decides what a client with this key may see:");
        for (Guest guest : guests) {
            System.out.printf("  %-10s %s%n", guest.persona(), guest.key());
            String description = guest.description().isEmpty() ? "" : guest.description() + ": ";
            System.out.printf("  %-10s %s%s%n", "", description, guest.sees());
        }
        System.out.println(
                "They are kept for the next start in " + keyFile + "; demo/run --fresh-keys makes new ones.");
        guests.stream()
                .filter(Guest::readsAudit)
                .findFirst()
                .ifPresent(guest -> System.out.printf(
                        "%nAudit trail, figures and keys in a browser, with the key of %s: %s/console/%n",
                        guest.persona(), url));
        Guest first = guests.get(0);
        connect(first);
        ask(first, guests);
        inspect(first);
        stream(first);
    }

    private Optional<Guest> guest(String key) throws InterruptedException {
        HttpResponse<String> whoami = client.get("/api/v1/whoami", key);
        if (whoami == null || whoami.statusCode() != 200) {
            return Optional.empty();
        }
        String name = Client.text(whoami.body(), "persona");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String info = client.call("platform_info", key);
        String persona = info.substring(Math.max(0, info.indexOf("\"persona\"")));
        return Optional.of(new Guest(
                key,
                name,
                persona.startsWith("\"persona\"") ? Client.text(persona, "description") : "",
                Client.texts(whoami.body(), "permissions"),
                client.tools(key),
                Client.texts(info, "connections")));
    }

    private void connect(Guest guest) {
        System.out.printf("""

                Connect Claude Code:
                  claude mcp add --transport http mcp-data-platform %2$s/mcp --header "Authorization: Bearer %1$s"
                If it says that mcp-data-platform exists already, remove that one first:
                  claude mcp remove mcp-data-platform
                Claude Desktop, Cursor, VS Code and others: docs/clients.md
                """, guest.key(), url);
    }

    private void ask(Guest guest, List<Guest> guests) {
        if (!guest.may("sql_query")) {
            return;
        }
        System.out.printf(
                """

                Then ask in plain words:
                  %s
                """,
                options.own()
                        ? "Which tables are there, and what is in them?"
                        : "Which product category had the most revenue in 2025, and which one was returned most often?");
        guests.stream()
                .filter(other -> !other.may("sql_query"))
                .findFirst()
                .ifPresent(other -> System.out.printf(
                        "A client with the key of %s sees the same tables, but runs no SQL of its own.%n",
                        other.persona()));
    }

    private void inspect(Guest guest) {
        System.out.printf("""

                Without an AI client, with Node.js 22.19 or newer:
                  npx @modelcontextprotocol/inspector@latest --cli %2$s/mcp --transport http --header "Authorization: Bearer %1$s" --method tools/list
                """, guest.key(), url);
        String call = "";
        if (guest.may("sql_query") && !options.own()) {
            call = "sql_query --tool-arg connection=warehouse --tool-arg"
                    + " \"sql=SELECT category, COUNT(*) AS products FROM products GROUP BY category\"";
        } else if (guest.may("sql_list_tables")) {
            call = "sql_list_tables --tool-arg connection="
                    + guest.connections().get(0);
        }
        if (!call.isEmpty()) {
            System.out.printf("""
                      npx @modelcontextprotocol/inspector@latest --cli %2$s/mcp --transport http --header "Authorization: Bearer %1$s" --method tools/call --tool-name %3$s
                    """, guest.key(), url, call);
        }
    }

    private void stream(Guest guest) {
        System.out.printf("""

                Open an event stream, as clients of the older transport do:
                  curl -N -H "Authorization: Bearer %1$s" %2$s/sse
                  curl -N "%2$s/sse?api_key=%1$s"
                """, guest.key(), url);
    }
}
