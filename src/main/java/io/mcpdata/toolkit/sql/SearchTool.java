package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.CatalogTableConfig;
import io.mcpdata.config.CatalogTermConfig;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import io.mcpdata.toolkit.sql.catalog.KnownTable;
import io.mcpdata.toolkit.sql.catalog.OwnWords;
import io.mcpdata.toolkit.sql.catalog.TableSearch;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code sql_search}: the tables, columns and words of the glossary that fit the words of a question. */
final class SearchTool implements ToolHandler {

    private static final int USUAL = 8;
    private static final int MOST_COLUMNS = 6;
    private static final int MOST_TERMS = 5;
    private static final int LONGEST_TEXT = 200;

    private final ActiveConfiguration configuration;
    private final Connections connections;
    private final SqlQueries queries;
    private final TableIndexes indexes;

    SearchTool(ActiveConfiguration configuration, Connections connections, SqlQueries queries, TableIndexes indexes) {
        this.configuration = configuration;
        this.connections = connections;
        this.queries = queries;
        this.indexes = indexes;
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly("sql_search");
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        JsonObject arguments = invocation.arguments();
        List<ConnectionConfig> searched = arguments.containsKey("connection")
                ? List.of(connections.named(arguments.getString("connection")))
                : connections.all().stream()
                        .filter(connection -> invocation.mayUse(connection.name()))
                        .toList();
        OwnWords words = CallerWords.of(configuration, connections, invocation);
        TableSearch search =
                new TableSearch(arguments.getString("query"), words, CallerWords.visible(connections, invocation));
        List<String> partly = new ArrayList<>();
        for (ConnectionConfig connection : searched) {
            if (!search(connection, search, invocation, searched.size() == 1)) {
                partly.add(connection.name());
            }
        }
        return answer(search, words, partly, arguments.getInt("limit", USUAL));
    }

    /** Whether the whole database was searched. One of several that cannot be read does not hide what the others have. */
    private boolean search(ConnectionConfig connection, TableSearch search, ToolInvocation invocation, boolean only) {
        try {
            var index = indexes.of(connection, queries, invocation);
            search.in(connection.name(), index);
            return index.isComplete();
        } catch (ToolException e) {
            if (only || invocation.cancellation().isCancelled()) {
                throw e;
            }
            return false;
        }
    }

    private static ToolResponse answer(TableSearch search, OwnWords words, List<String> partly, int limit) {
        List<TableSearch.Match> best = search.best();
        JsonArrayBuilder tables = Json.array();
        best.stream().limit(limit).forEach(match -> tables.add(table(match, words)));
        JsonObjectBuilder content = Json.object().add("tables", tables);
        JsonArrayBuilder glossary = Json.array();
        search.terms().stream().limit(MOST_TERMS).forEach(term -> glossary.add(term(term, words)));
        if (!search.terms().isEmpty()) {
            content.add("glossary", glossary);
        }
        if (best.isEmpty()) {
            content.add("advice", "No table fits these words. sql_list_tables lists all tables of a connection.");
        }
        if (best.size() > limit) {
            content.add("more", best.size() - limit);
        }
        if (!partly.isEmpty()) {
            content.add("partlySearched", Json.strings(partly));
        }
        return new ToolResponse(CallToolResult.structured(content.build()), Math.min(limit, best.size()));
    }

    private static JsonObjectBuilder table(TableSearch.Match match, OwnWords words) {
        KnownTable table = match.table();
        JsonObjectBuilder told = Json.object();
        match.own().flatMap(words::deprecated).ifPresent(deprecated -> told.add("deprecated", deprecated));
        told.add("connection", match.connection())
                .add("table", new TableName(table.schema(), table.name(), "", "").qualified());
        String description = match.own()
                .map(CatalogTableConfig::description)
                .filter(text -> !text.isEmpty())
                .orElse(table.comment());
        addIfGiven(told, "description", description);
        match.own()
                .filter(own -> !own.examples().isEmpty())
                .ifPresent(own -> told.add(
                        "examples",
                        Json.strings(own.examples().stream().limit(2).toList())));
        JsonArrayBuilder columns = Json.array();
        match.columns().stream().limit(MOST_COLUMNS).forEach(column -> columns.add(column(column, match.own())));
        return match.columns().isEmpty() ? told : told.add("columns", columns);
    }

    private static JsonObjectBuilder column(KnownTable.Column column, Optional<CatalogTableConfig> own) {
        JsonObjectBuilder told = Json.object().add("name", column.name()).add("type", column.type());
        var words = own.flatMap(table -> table.column(column.name()));
        addIfGiven(
                told,
                "description",
                words.map(known -> known.description())
                        .filter(text -> !text.isEmpty())
                        .orElse(column.comment()));
        words.ifPresent(known -> addIfGiven(told, "unit", known.unit()));
        return told;
    }

    private static JsonObjectBuilder term(CatalogTermConfig term, OwnWords words) {
        JsonObjectBuilder told = Json.object().add("term", term.term()).add("definition", term.definition());
        List<String> tables = words.tables(term).stream().map(Object::toString).toList();
        return tables.isEmpty() ? told : told.add("tables", Json.strings(tables));
    }

    private static void addIfGiven(JsonObjectBuilder to, String name, String text) {
        if (!text.isEmpty()) {
            to.add(name, text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...");
        }
    }
}
