import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Whether the catalogue helps: asks the tools what is needed to answer the questions of bench/questions, with and without the
 * section {@code catalog}. No model takes part. Starts a server with the demo warehouse and with an energy supplier's database
 * of its own, made from bench/questions/energy.sql:
 *
 * <pre>
 * mvn -B -q package -DskipTests -Dquick
 * java bench/Questions.java [the id of a question, to see its calls and answers]
 * </pre>
 *
 * First all statements run through {@code sql_query}: each right one must give rows, each naive one another answer.
 */
final class Questions {

    private static final String METHOD = """
            Method. A script asks the tools; it has the words of the question and the name of the connection.
            1. sql_search with the question.
            2. sql_describe_table, one call: the tables of the first %d matches, and those that the glossary of the answer
               names, %d at most. A deprecated table is replaced by the one that its answer names.
            3. sql_profile for the code columns of these tables that nothing explains (CHAR up to 4, SMALLINT; no comment,
               description, unit or values), %d tables at most.
            The fixed policy ends here. Then the script continues, at most to call %d, until all facts are found (only here it
            looks at what is needed, to stop): tables that keys or texts of the described ones name, the next matches of the
            search, tables with keys to the described ones, and with sql_list_tables those that are left; %d in one call.
            The ways with "list" have no search: sql_list_tables, then the %d tables whose names or comments share most words
            with the question.
            A fact is found if the answers have it: the table's and the column's name; for a unit, a code's meaning or a rule its
            words in a text about that column or table; for a join the key or a text that names the other column; for a deprecated
            table and for one of a similar name the mark or text that tells, or that no answer named it. What a reader could guess
            does not count.
            Tokens are characters divided by 4, of the arguments and the texts of the answers, without the list of tools.
            """;

    private static final int FIRST = 4;
    private static final int MOST_TABLES = 6;
    private static final int MOST_PROFILES = 2;
    private static final int MOST_CALLS = 8;

    private static final Pattern CODE = Pattern.compile("(?i)(TINYINT|SMALLINT|CHAR\\w*( VARYING)?\\([1-4]\\))");
    private static final Pattern REFERENCE = Pattern.compile("\\b([a-z]\\w{2,})\\.[a-z]\\w*");
    private static final Pattern NEED = Pattern.compile("([\\w.]+)(?: (~|\\?~|->|=) (.+))?");

    private record Way(String name, String persona, boolean search) {}

    private static final List<Way> WAYS = List.of(
            new Way("list", "without", false),
            new Way("list and catalogue", "with", false),
            new Way("search", "without", true),
            new Way("search and catalogue", "with", true));

    private enum Kind {
        NAMES,
        JOINS,
        MEANINGS,
        DEPRECATIONS,
        LOOKALIKES
    }

    private record Fact(Kind kind, String text) {}

    private final Path directory = Files.createTempDirectory("questions");
    private final String secret = Long.toHexString(System.nanoTime()) + "-0123456789abcdef0123456789abcdef";
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ClassLoader libraries = libraries();
    private final int port = freePort();
    private String shown = "";

    private Questions() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        Questions bench = new Questions();
        bench.shown = arguments.length > 0 ? arguments[0] : "";
        Map<String, List<Map<String, Object>>> questions = bench.questions();
        Process server = bench.start();
        boolean good;
        try {
            good = bench.run(questions);
        } finally {
            server.destroy();
            server.waitFor(60, TimeUnit.SECONDS);
        }
        System.exit(good ? 0 : 1);
    }

    /** By connection. */
    private Map<String, List<Map<String, Object>>> questions() throws IOException {
        Map<String, List<Map<String, Object>>> questions = new LinkedHashMap<>();
        questions.put("warehouse", list(read(Path.of("bench/questions/retail.yaml"))));
        questions.put("energy", list(read(Path.of("bench/questions/energy.yaml"))));
        if (!shown.isEmpty()) {
            questions.values().forEach(all -> all.removeIf(one -> !shown.equals(one.get("id"))));
            questions.values().removeIf(List::isEmpty);
        }
        questions.values().forEach(all -> all.forEach(Questions::facts));
        return questions;
    }

    private boolean run(Map<String, List<Map<String, Object>>> questions) throws Exception {
        if (shown.isEmpty()) {
            System.out.printf(METHOD, FIRST, MOST_TABLES, MOST_PROFILES, MOST_CALLS, MOST_TABLES, FIRST);
        }
        boolean good = true;
        for (var schema : questions.entrySet()) {
            good &= statements(schema.getKey(), schema.getValue());
        }
        for (var schema : questions.entrySet()) {
            for (Way way : WAYS) {
                List<Outcome> outcomes = new ArrayList<>();
                for (Map<String, Object> question : schema.getValue()) {
                    outcomes.add(new Agent(way, schema.getKey(), question).outcome());
                }
                print(schema.getKey(), way, outcomes);
            }
        }
        return good;
    }

    // ---- the statements

    private boolean statements(String connection, List<Map<String, Object>> questions) throws Exception {
        int wrong = 0;
        int traps = 0;
        for (Map<String, Object> question : questions) {
            Object right = rows(connection, question, "sql");
            if (question.containsKey("naive")) {
                traps++;
                if (right.equals(rows(connection, question, "naive"))) {
                    wrong++;
                    System.out.println(question.get("id") + ": the naive statement gives the right answer, " + right);
                }
            }
            if (right.toString().matches("\\[(\\[(null|0|0\\.0)])?]")) {
                wrong++;
                System.out.println(question.get("id") + ": the statement finds nothing");
            }
        }
        System.out.printf(
                "%n%s: %d questions, %d with a naive statement, %d statements wrong%n",
                connection, questions.size(), traps, wrong);
        return wrong == 0;
    }

    private Object rows(String connection, Map<String, Object> question, String which) throws Exception {
        Answer answer = call("with", "sql_query", Map.of("connection", connection, "sql", question.get(which)));
        if (answer.failed()) {
            throw new IOException(question.get("id") + ", " + which + ": " + answer.text());
        }
        return answer.content().get("rows");
    }

    // ---- the agent

    private record Outcome(
            String id,
            List<Fact> needed,
            Set<Fact> found,
            int calls,
            int tokens,
            List<Fact> missing,
            int allCalls,
            int allTokens) {}

    /** Asks for one question. What it calls next depends on earlier answers only. */
    private final class Agent {

        private final Way way;
        private final String connection;
        private final String id;
        private final String question;
        private final List<Fact> needed;
        private final Known known = new Known();
        private final Set<String> described = new LinkedHashSet<>();
        private final Set<String> referenced = new LinkedHashSet<>();
        private final Set<String> referencing = new LinkedHashSet<>();
        private List<String> ranked = new ArrayList<>();
        private int calls;
        private int tokens;

        Agent(Way way, String schema, Map<String, Object> question) {
            this.way = way;
            this.connection = way.persona().equals("with") ? schema : schema + "_bare";
            this.id = question.get("id").toString();
            this.question = question.get("question").toString();
            this.needed = facts(question);
        }

        Outcome outcome() throws Exception {
            describe(way.search() ? search() : listed());
            profile();
            Set<Fact> found = needed.stream().filter(known::has).collect(Collectors.toSet());
            int fixedCalls = calls;
            int fixedTokens = tokens;
            boolean listed = !way.search();
            while (calls < MOST_CALLS && !needed.stream().allMatch(known::has)) {
                List<String> next = Stream.of(next(referenced), next(ranked), next(referencing))
                        .filter(tables -> !tables.isEmpty())
                        .findFirst()
                        .orElse(List.of());
                if (!next.isEmpty()) {
                    describe(next);
                } else if (listed) {
                    break;
                } else {
                    listed = true;
                    listed();
                }
            }
            List<Fact> missing =
                    needed.stream().filter(fact -> !known.has(fact)).toList();
            return new Outcome(id, needed, found, fixedCalls, fixedTokens, missing, calls, tokens);
        }

        private List<String> search() throws Exception {
            Map<String, Object> answer = ask("sql_search", Map.of("connection", connection, "query", question));
            Set<String> chosen = new LinkedHashSet<>();
            for (Map<String, Object> table : list(answer.get("tables"))) {
                known.table(table, table.get("table").toString());
                Map<String, Object> deprecated = map(table.get("deprecated"));
                if (!deprecated.isEmpty() && !deprecated.containsKey("useInstead")) {
                    continue;
                }
                ranked.add((deprecated.isEmpty() ? table.get("table") : deprecated.get("useInstead")).toString());
            }
            ranked.stream().distinct().limit(FIRST).forEach(chosen::add);
            for (Map<String, Object> term : list(answer.get("glossary"))) {
                for (Object table : (List<?>) term.getOrDefault("tables", List.of())) {
                    if (!table.toString().startsWith(connection + "/")) {
                        continue;
                    }
                    String name = table.toString().replaceFirst(".*/", "");
                    known.term(name, term.get("term") + ": " + term.get("definition"));
                    chosen.add(name.toUpperCase(Locale.ROOT));
                }
            }
            return chosen.stream()
                    .map(name -> name.toUpperCase(Locale.ROOT))
                    .distinct()
                    .limit(MOST_TABLES)
                    .toList();
        }

        private List<String> listed() throws Exception {
            Map<String, Object> answer = ask("sql_list_tables", Map.of("connection", connection));
            Map<Integer, List<String>> byWords = new TreeMap<>();
            for (Map<String, Object> table : list(answer.get("tables"))) {
                String name = table.get("schema") + "." + table.get("name");
                known.table(table, name);
                String text = (table.get("name") + " " + table.get("comment")).toLowerCase(Locale.ROOT);
                int shared =
                        (int) Arrays.stream(question.toLowerCase(Locale.ROOT).split("\\W+"))
                                .filter(word -> word.length() > 3)
                                .map(word -> word.substring(0, Math.min(word.length(), 5)))
                                .filter(text::contains)
                                .count();
                byWords.computeIfAbsent(-shared, key -> new ArrayList<>()).add(name);
            }
            byWords.values().forEach(ranked::addAll);
            return ranked.subList(0, Math.min(FIRST, ranked.size()));
        }

        private List<String> next(Iterable<String> from) {
            Set<String> next = new LinkedHashSet<>();
            for (String name : from) {
                if (next.size() < MOST_TABLES && !described.contains(name.toUpperCase(Locale.ROOT))) {
                    next.add(name.toUpperCase(Locale.ROOT));
                }
            }
            return List.copyOf(next);
        }

        private void describe(List<String> tables) throws Exception {
            if (tables.isEmpty()) {
                return;
            }
            described.addAll(tables);
            Map<String, Object> answer = ask("sql_describe_table", Map.of("connection", connection, "tables", tables));
            for (Map<String, Object> table : list(answer.get("tables"))) {
                String name = table.get("schema") + "." + table.get("name");
                known.table(table, name);
                for (Map<String, Object> key : list(table.get("foreignKeys"))) {
                    known.join(name, key);
                    referenced.add(key.get("table").toString());
                }
                list(table.get("referencedBy"))
                        .forEach(key -> referencing.add(key.get("table").toString()));
                for (Map<String, Object> column : list(table.get("columns"))) {
                    REFERENCE
                            .matcher(column.getOrDefault("description", "") + " " + column.getOrDefault("comment", ""))
                            .results()
                            .forEach(found -> referenced.add(table.get("schema") + "." + found.group(1)));
                }
            }
        }

        private void profile() throws Exception {
            int profiles = 0;
            for (String table : List.copyOf(described)) {
                List<String> columns = known.unexplained.getOrDefault(table, List.of());
                if (!columns.isEmpty() && profiles++ < MOST_PROFILES) {
                    Map<String, Object> answer =
                            ask("sql_profile", Map.of("connection", connection, "table", table, "columns", columns));
                    known.columns(table, answer);
                }
            }
        }

        private Map<String, Object> ask(String tool, Map<String, Object> arguments) throws Exception {
            Answer answer = call(way.persona(), tool, arguments);
            if (answer.failed()) {
                throw new IOException(id + ": " + tool + " " + json(arguments) + " gave " + answer.text());
            }
            calls++;
            tokens += (json(arguments).length() + answer.text().length()) / 4;
            if (!shown.isEmpty()) {
                System.out.printf("%n[%s] %s %s%n%s%n", way.name(), tool, json(arguments), answer.text());
            }
            return answer.content();
        }
    }

    // ---- what is needed, and what is known

    private static List<Fact> facts(Map<String, Object> question) {
        Set<Fact> facts = new LinkedHashSet<>();
        for (Object need : (List<?>) question.get("needs")) {
            var parts = NEED.matcher(need.toString());
            if (!parts.matches()) {
                throw new IllegalArgumentException(question.get("id") + " needs " + need);
            }
            if ("->".equals(parts.group(2))) {
                facts.add(new Fact(Kind.NAMES, parts.group(3)));
                facts.add(new Fact(Kind.DEPRECATIONS, need.toString()));
                continue;
            }
            if ("?~".equals(parts.group(2))) {
                facts.add(new Fact(Kind.LOOKALIKES, need.toString()));
                continue;
            }
            List<String> names = new ArrayList<>(List.of(parts.group(1)));
            if ("=".equals(parts.group(2))) {
                names.add(parts.group(3));
                facts.add(new Fact(Kind.JOINS, need.toString()));
            } else if ("~".equals(parts.group(2))) {
                facts.add(new Fact(Kind.MEANINGS, need.toString()));
            }
            for (String name : names) {
                facts.add(new Fact(Kind.NAMES, name.replaceFirst("\\..*", "")));
                facts.add(new Fact(Kind.NAMES, name));
            }
        }
        return List.copyOf(facts);
    }

    /** What the answers have told, by names in small letters and without the schema. */
    private static final class Known {

        private final Map<String, StringBuilder> texts = new HashMap<>();
        private final Set<String> joins = new HashSet<>();
        private final Set<String> deprecated = new HashSet<>();
        private final Map<String, List<String>> unexplained = new HashMap<>();

        private static String small(String name) {
            return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        }

        private StringBuilder text(String name) {
            return texts.computeIfAbsent(name, key -> new StringBuilder());
        }

        void term(String table, String text) {
            text(small(table)).append(' ').append(text);
        }

        void table(Map<String, Object> told, String name) {
            StringBuilder text = text(small(name));
            for (String member : List.of("description", "comment", "tags", "examples")) {
                text.append(' ').append(told.getOrDefault(member, ""));
            }
            if (told.containsKey("deprecated")) {
                deprecated.add(small(name));
            }
            columns(name, told);
            if (told.containsKey("primaryKey")) {
                unexplained.put(
                        name,
                        list(told.get("columns")).stream()
                                .filter(column ->
                                        CODE.matcher(column.get("type").toString())
                                                        .matches()
                                                && Set.of("comment", "description", "unit", "values").stream()
                                                        .noneMatch(column::containsKey))
                                .map(column -> column.get("name").toString())
                                .toList());
            }
        }

        void columns(String table, Map<String, Object> told) {
            for (Map<String, Object> column : list(told.get("columns"))) {
                text(small(table) + "." + small(column.get("name").toString()))
                        .append(' ')
                        .append(column);
            }
        }

        void join(String table, Map<String, Object> key) {
            List<?> own = (List<?>) key.get("columns");
            List<?> other = (List<?>) key.get("tableColumns");
            for (int i = 0; i < own.size(); i++) {
                String there = small(key.get("table").toString()) + "."
                        + small(other.get(i).toString());
                text(there);
                joins.add(small(table) + "." + small(own.get(i).toString()) + " = " + there);
            }
        }

        /** In a text about the column or its table. */
        private boolean says(String name, String pattern) {
            return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                    .matcher(texts.get(name)
                            + " "
                            + texts.getOrDefault(name.replaceFirst("\\..*", ""), new StringBuilder()))
                    .find();
        }

        boolean has(Fact fact) {
            var parts = NEED.matcher(fact.text());
            parts.matches();
            String name = parts.group(1);
            String told = texts.getOrDefault(name, new StringBuilder()).toString();
            return switch (fact.kind()) {
                case NAMES -> texts.containsKey(name);
                case JOINS ->
                    joins.contains(fact.text())
                            || told.contains(parts.group(3))
                            || texts.getOrDefault(parts.group(3), new StringBuilder())
                                            .indexOf(name)
                                    >= 0;
                case DEPRECATIONS ->
                    texts.containsKey(parts.group(3)) && (deprecated.contains(name) || !texts.containsKey(name));
                case MEANINGS -> texts.containsKey(name) && says(name, parts.group(3));
                case LOOKALIKES -> !texts.containsKey(name) || says(name, parts.group(3));
            };
        }
    }

    // ---- figures

    private static void print(String schema, Way way, List<Outcome> outcomes) {
        System.out.printf("%n%s, %s%n", schema, way.name());
        StringBuilder kinds = new StringBuilder();
        for (Kind kind : Kind.values()) {
            long needed = outcomes.stream()
                    .flatMap(one -> one.needed().stream())
                    .filter(fact -> fact.kind() == kind)
                    .count();
            long found = outcomes.stream()
                    .flatMap(one -> one.found().stream())
                    .filter(fact -> fact.kind() == kind)
                    .count();
            if (needed > 0) {
                kinds.append(", %s %d/%d".formatted(kind.name().toLowerCase(Locale.ROOT), found, needed));
            }
        }
        int needed = outcomes.stream().mapToInt(one -> one.needed().size()).sum();
        int found = outcomes.stream().mapToInt(one -> one.found().size()).sum();
        long complete = outcomes.stream()
                .filter(one -> one.found().size() == one.needed().size())
                .count();
        System.out.printf("  fixed policy: facts %d/%d (%s)%n", found, needed, kinds.substring(2));
        System.out.printf(
                "    questions complete %d/%d, calls %s, tokens %s%n",
                complete,
                outcomes.size(),
                figures(outcomes.stream().map(Outcome::calls).toList()),
                figures(outcomes.stream().map(Outcome::tokens).toList()));
        System.out.printf(
                "  until found:  questions complete %d/%d, calls %s, tokens %s%n",
                outcomes.stream().filter(one -> one.missing().isEmpty()).count(),
                outcomes.size(),
                figures(outcomes.stream().map(Outcome::allCalls).toList()),
                figures(outcomes.stream().map(Outcome::allTokens).toList()));
        if (way.search()) {
            outcomes.stream()
                    .filter(one -> one.found().size() < one.needed().size())
                    .forEach(one -> System.out.printf(
                            "    %s not by the policy: %s%s%n",
                            one.id(),
                            texts(one.needed().stream()
                                    .filter(fact -> !one.found().contains(fact))
                                    .toList()),
                            one.missing().isEmpty()
                                    ? "; all by call " + one.allCalls()
                                    : "; never: " + texts(one.missing())));
        }
    }

    private static String texts(List<Fact> facts) {
        return facts.stream().map(Fact::text).collect(Collectors.joining(", "));
    }

    private static String figures(List<Integer> values) {
        List<Integer> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "p50 %d mean %.1f",
                sorted.get(sorted.size() / 2),
                sorted.stream().mapToInt(Integer::intValue).average().orElse(0));
    }

    // ---- the server

    private record Answer(boolean failed, String text, Map<String, Object> content) {}

    private Answer call(String persona, String tool, Map<String, Object> arguments) throws Exception {
        String body = json(Map.of(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                "tools/call",
                "params",
                Map.of(
                        "name",
                        tool,
                        "arguments",
                        arguments,
                        "_meta",
                        Map.of(
                                "io.modelcontextprotocol/protocolVersion",
                                "2026-07-28",
                                "io.modelcontextprotocol/clientCapabilities",
                                Map.of()))));
        String answer = http.send(
                        to(persona, "/mcp")
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json, text/event-stream")
                                .header("MCP-Protocol-Version", "2026-07-28")
                                .header("Mcp-Method", "tools/call")
                                .header("Mcp-Name", tool)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        // an answer that takes longer comes as an event stream
        String message = answer.startsWith("{") ? answer : answer.substring(answer.indexOf("data: {") + 6);
        Map<String, Object> result = map(map(read(message)).get("result"));
        if (result.isEmpty()) {
            throw new IOException(tool + " gave " + answer);
        }
        String text = String.valueOf(list(result.get("content")).get(0).get("text"));
        return new Answer(Boolean.TRUE.equals(result.get("isError")), text, map(result.get("structuredContent")));
    }

    private HttpRequest.Builder to(String persona, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + persona + "-" + secret);
    }

    private Process start() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("energy");
        Driver h2 =
                (Driver) libraries.loadClass("org.h2.Driver").getConstructor().newInstance();
        Properties owner = new Properties();
        owner.setProperty("user", "owner");
        owner.setProperty("password", secret);
        try (Connection connection = h2.connect(url, owner);
                Statement statement = connection.createStatement()) {
            statement.execute("RUNSCRIPT FROM 'bench/questions/energy.sql'");
            statement.execute("CREATE USER reader PASSWORD '" + secret + "'");
            statement.execute("GRANT SELECT ON SCHEMA supply TO reader");
        }
        Path configuration = directory.resolve("platform.yaml");
        Files.writeString(configuration, json(configuration(url + ";IFEXISTS=TRUE;SCHEMA=SUPPLY")));
        ProcessBuilder builder = new ProcessBuilder(
                "java",
                "-Xmx512m",
                "-jar",
                "target/servers/payara-micro.jar",
                "--nocluster",
                "--port",
                String.valueOf(port),
                "--rootdir",
                directory.resolve("payara").toString(),
                "--prebootcommandfile",
                "server-config/payara/pre-boot.asadmin",
                "--postbootcommandfile",
                "server-config/payara/post-boot.asadmin",
                "--postdeploycommandfile",
                "server-config/payara/post-deploy.asadmin",
                "--deploy",
                "target/mcp-data-platform.war",
                "--contextroot",
                "/");
        builder.environment().put("PLATFORM_CONFIG", configuration.toString());
        Path log = directory.resolve("server.log");
        Process server =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(6);
        while (!answers()) {
            if (System.nanoTime() > end
                    || !server.isAlive()
                    || Files.readString(log).contains("configuration rejected")) {
                server.destroy();
                throw new IOException("the server does not answer; its log is " + log);
            }
            Thread.sleep(500);
        }
        return server;
    }

    private boolean answers() throws InterruptedException {
        try {
            return http.send(
                                    to("with", "/api/v1/whoami")
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Two personas: the catalogue names the connections of one of them only. */
    private Map<String, Object> configuration(String url) throws IOException {
        Map<String, Object> energy = Map.of("url", url, "username", "reader", "password", secret);
        Map<String, Object> catalog =
                new LinkedHashMap<>(map(map(read(Path.of("demo/platform.yaml"))).get("catalog")));
        catalog.put(
                "files",
                List.of(Path.of("bench/questions/energy-catalog.yaml")
                        .toAbsolutePath()
                        .toString()));
        return Map.of(
                "server",
                Map.of("data_dir", directory.resolve("data").toString()),
                "auth",
                Map.of("api_keys", Map.of("enabled", true, "keys", List.of(key("with"), key("without")))),
                "personas",
                Map.of(
                        "with",
                        persona("with", List.of("warehouse", "energy")),
                        "without",
                        persona("without", List.of("warehouse_bare", "energy_bare"))),
                "connections",
                Map.of(
                        "warehouse",
                        Map.of("demo", "retail"),
                        "warehouse_bare",
                        Map.of("demo", "retail"),
                        "energy",
                        energy,
                        "energy_bare",
                        energy),
                "catalog",
                catalog);
    }

    private Map<String, Object> key(String name) {
        return Map.of("key", name + "-" + secret, "name", name, "roles", List.of(name));
    }

    private static Map<String, Object> persona(String role, List<String> connections) {
        return Map.of(
                "roles",
                List.of(role),
                "tools",
                Map.of("allow", List.of("*")),
                "sample_rows",
                5,
                "connections",
                Map.of("allow", connections));
    }

    /** H2 and SnakeYAML of the WAR. */
    private ClassLoader libraries() throws IOException {
        List<URL> found = new ArrayList<>();
        try (ZipFile war = new ZipFile("target/mcp-data-platform.war")) {
            for (ZipEntry entry : war.stream()
                    .filter(each -> each.getName().matches("WEB-INF/lib/(h2|snakeyaml)-.*"))
                    .toList()) {
                Path copy = directory.resolve(Path.of(entry.getName()).getFileName());
                try (InputStream in = war.getInputStream(entry)) {
                    Files.copy(in, copy);
                }
                found.add(copy.toUri().toURL());
            }
        }
        return new URLClassLoader(found.toArray(URL[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // ---- YAML, and JSON as its part

    private Object read(Path file) throws IOException {
        return read(Files.readString(file, StandardCharsets.UTF_8));
    }

    private Object read(String text) throws IOException {
        try {
            Class<?> yaml = libraries.loadClass("org.yaml.snakeyaml.Yaml");
            return yaml.getMethod("load", String.class)
                    .invoke(yaml.getConstructor().newInstance(), text);
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot read " + text, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .map(member -> json(member.getKey().toString()) + ":" + json(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(Questions::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text
                ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\""
                : String.valueOf(value);
    }
}
