package io.mcpdata;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.mcpdata.gateway.PromptHandler;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.gateway.ToolGateway;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.persona.AnyCaller;
import io.mcpdata.persona.Permission;
import io.mcpdata.persona.Public;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of packages: which one may import which. A package that is not in the table fails. */
@AnalyzeClasses(packages = "io.mcpdata", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String BASE = "io.mcpdata";

    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("json", Set.of()),
            Map.entry("jose", Set.of()),
            Map.entry("background", Set.of()),
            Map.entry("metrics", Set.of()),
            Map.entry("config", Set.of("json", "jose", "background")),
            Map.entry("store", Set.of("config")),
            Map.entry("audit.chain", Set.of("config", "store")),
            Map.entry("audit", Set.of("audit.chain", "config", "store", "background", "metrics")),
            Map.entry("servers", Set.of("config", "store", "background", "metrics", "audit")),
            Map.entry("audit.query", Set.of("audit", "audit.chain", "store", "json")),
            Map.entry("audit.forward", Set.of("audit", "audit.query", "config", "json", "background", "metrics")),
            Map.entry("tracing", Set.of("audit")),
            Map.entry("http", Set.of("config", "audit", "tracing")),
            Map.entry("authentication", Set.of("json", "config", "audit", "http")),
            Map.entry(
                    "authentication.apikey",
                    Set.of("json", "authentication", "config", "store", "audit", "http", "background")),
            Map.entry(
                    "authentication.jwt", Set.of("json", "authentication", "config", "jose", "background", "metrics")),
            Map.entry("persona", Set.of("servers", "config", "authentication", "audit", "http", "metrics")),
            Map.entry("protocol", Set.of("json")),
            Map.entry("export", Set.of("json", "servers", "config", "background")),
            Map.entry("gateway", Set.of("json", "protocol", "persona", "audit", "config", "background", "tracing")),
            Map.entry("toolkit.sql.guard", Set.of()),
            Map.entry("toolkit.sql.catalog", Set.of("json", "config")),
            Map.entry(
                    "toolkit.sql",
                    Set.of(
                            "json",
                            "toolkit.sql.guard",
                            "toolkit.sql.catalog",
                            "gateway",
                            "protocol",
                            "config",
                            "export",
                            "background",
                            "metrics",
                            "tracing")),
            Map.entry("toolkit.configured", Set.of("gateway", "protocol", "config")),
            Map.entry("mcp.exchange", Set.of("protocol", "gateway", "persona", "audit")),
            Map.entry(
                    "mcp.server",
                    Set.of(
                            "servers",
                            "mcp.exchange",
                            "json",
                            "protocol",
                            "gateway",
                            "background",
                            "config",
                            "persona",
                            "audit",
                            "tracing")),
            Map.entry("mcp.stream", Set.of("json", "protocol", "background", "config", "audit")),
            Map.entry(
                    "mcp.session",
                    Set.of(
                            "metrics",
                            "mcp.exchange",
                            "mcp.stream",
                            "json",
                            "protocol",
                            "gateway",
                            "background",
                            "config",
                            "authentication",
                            "persona",
                            "audit")),
            Map.entry(
                    "mcp.lifecycle",
                    Set.of("mcp.exchange", "mcp.server", "mcp.session", "mcp.stream", "background", "http")),
            Map.entry(
                    "mcp.sse",
                    Set.of(
                            "mcp.exchange",
                            "mcp.server",
                            "mcp.session",
                            "mcp.stream",
                            "mcp.lifecycle",
                            "json",
                            "protocol",
                            "background",
                            "config",
                            "authentication",
                            "persona",
                            "audit",
                            "http")),
            Map.entry(
                    "mcp.streamable",
                    Set.of(
                            "mcp.exchange",
                            "mcp.server",
                            "mcp.session",
                            "mcp.stream",
                            "mcp.lifecycle",
                            "json",
                            "protocol",
                            "background",
                            "config",
                            "persona",
                            "audit",
                            "http")),
            Map.entry(
                    "events",
                    Set.of(
                            "config",
                            "mcp.exchange",
                            "mcp.session",
                            "mcp.stream",
                            "mcp.lifecycle",
                            "json",
                            "background",
                            "persona",
                            "audit",
                            "audit.query")),
            Map.entry(
                    "admin",
                    Set.of(
                            "events",
                            "servers",
                            "export",
                            "mcp.stream",
                            "metrics",
                            "config",
                            "store",
                            "audit",
                            "audit.chain",
                            "audit.query",
                            "persona",
                            "gateway",
                            "mcp.session",
                            "authentication",
                            "authentication.apikey",
                            "json",
                            "http")),
            Map.entry("web", Set.of("config", "audit", "http", "metrics")),
            Map.entry(
                    "stdio",
                    Set.of(
                            "config",
                            "authentication.apikey",
                            "persona",
                            "store",
                            "audit",
                            "audit.chain",
                            "audit.query")));

    @ArchTest
    void everyPackageIsInTheTable(JavaClasses classes) {
        Set<String> rooms = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(BASE))
                .map(ArchitectureTest::room)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_IMPORT.keySet()).containsAll(rooms);
    }

    @ArchTest
    void everyPackageImportsOnlyWhatTheTableAllows(JavaClasses classes) {
        Set<String> broken = classes.stream()
                .filter(from -> !from.getPackageName().equals(BASE))
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream()
                        .filter(d -> d.getTargetClass().getPackageName().startsWith(BASE))
                        .map(d -> room(from.getPackageName()) + " -> "
                                + room(d.getTargetClass().getPackageName())))
                .filter(ArchitectureTest::isForbidden)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(broken).isEmpty();
    }

    private static boolean isForbidden(String arrow) {
        String[] ends = arrow.split(" -> ");
        return !ends[0].equals(ends[1])
                && !MAY_IMPORT.getOrDefault(ends[0], Set.of()).contains(ends[1]);
    }

    private static String room(String packageName) {
        return packageName.equals(BASE) ? "(root)" : packageName.substring(BASE.length() + 1);
    }

    @ArchTest
    static final ArchRule ROOMS_HAVE_NO_CYCLES =
            slices().matching("io.mcpdata.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule JAX_RS_ONLY_AT_ENDPOINTS = noClasses()
            .that(resideOutsideOf(
                    BASE,
                    "io.mcpdata.http",
                    "io.mcpdata.authentication",
                    "io.mcpdata.persona",
                    "io.mcpdata.mcp.stream",
                    "io.mcpdata.mcp.lifecycle",
                    "io.mcpdata.mcp.sse",
                    "io.mcpdata.mcp.streamable",
                    "io.mcpdata.admin"))
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.ws.rs.."));

    @ArchTest
    static final ArchRule JAKARTA_SECURITY_ONLY_WHERE_CALLERS_ARE_JUDGED = noClasses()
            .that(resideOutsideOf("io.mcpdata.authentication..", "io.mcpdata.persona", "io.mcpdata.mcp.sse"))
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.security.enterprise.."));

    @ArchTest
    static final ArchRule THE_GATEWAY_IS_THE_ONLY_WAY_TO_A_TOOL = noClasses()
            .that(DescribedPredicate.not(type(ToolGateway.class)))
            .should()
            .callMethodWhere(target(owner(assignableTo(ToolHandler.class))).and(target(name("call"))));

    @ArchTest
    static final ArchRule THE_GATEWAY_IS_THE_ONLY_WAY_TO_A_RESOURCE_OR_PROMPT = noClasses()
            .that(resideOutsideOf("io.mcpdata.gateway"))
            .should()
            .callMethodWhere(target(owner(assignableTo(ResourceHandler.class)))
                    .and(target(name("read")).or(target(name("list")))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(PromptHandler.class))).and(target(name("get"))));

    @ArchTest
    static final ArchRule JDBC_ONLY_WHERE_ROWS_ARE = noClasses()
            .that(resideOutsideOf(
                    "io.mcpdata.store",
                    "io.mcpdata.servers",
                    "io.mcpdata.toolkit.sql",
                    "io.mcpdata.audit.chain",
                    "io.mcpdata.audit.query",
                    "io.mcpdata.authentication.apikey"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql.."));

    @ArchTest
    static final ArchRule THE_PROTOCOL_KNOWS_NO_CONTAINER = noClasses()
            .that(resideInAPackage("io.mcpdata.protocol"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "jakarta.ws.rs..", "jakarta.servlet..", "jakarta.enterprise..", "jakarta.inject.."));

    @ArchTest
    static final ArchRule HANDLERS_KNOW_NO_TRANSPORT = noClasses()
            .that(resideInAnyPackage("io.mcpdata.mcp.exchange", "io.mcpdata.mcp.server"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.mcpdata.mcp.stream",
                    "io.mcpdata.mcp.session",
                    "io.mcpdata.mcp.sse",
                    "io.mcpdata.http",
                    "jakarta.ws.rs.."));

    @ArchTest
    static final ArchRule NO_FIELD_INJECTION = fields().should().notBeAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule NO_METHOD_INJECTION = methods().should().notBeAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule EVERY_ENDPOINT_METHOD_DECLARES_ITS_ACCESS =
            methods().that(areEndpointMethods()).should(declareAccessByAKnownName());

    /** Checked here, because reading the classes takes longer than all the rules. */
    @ArchTest
    static final ArchTests JAX_RS_CONSTRUCTORS = ArchTests.in(JaxRsConstructorRules.class);

    /** A package that is not in the table counts as outside: its imports must be allowed here. */
    private static DescribedPredicate<JavaClass> resideOutsideOf(String... rooms) {
        return DescribedPredicate.not(resideInAnyPackage(rooms));
    }

    private static DescribedPredicate<JavaMethod> areEndpointMethods() {
        return DescribedPredicate.describe(
                "endpoint methods",
                method -> method.getAnnotations().stream()
                        .anyMatch(a -> a.getRawType().isAnnotatedWith(HttpMethod.class)));
    }

    private static ArchCondition<JavaMethod> declareAccessByAKnownName() {
        return new ArchCondition<>("declare access by a known permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean open = method.isAnnotatedWith(Public.class)
                        || method.isAnnotatedWith(AnyCaller.class)
                        || method.isAnnotatedWith(DenyAll.class);
                boolean known = method.isAnnotatedWith(RolesAllowed.class)
                        && Permission.ALL.containsAll(Set.of(
                                method.getAnnotationOfType(RolesAllowed.class).value()));
                if (!open && !known) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " declares no access, or an unknown permission"));
                }
            }
        };
    }
}
