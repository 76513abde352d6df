package io.mcpdata;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.Provider;

/** RESTEasy looks for a public constructor it could call by itself, before it asks CDI, and fails the deployment. */
final class JaxRsConstructorRules {

    @ArchTest
    static final ArchRule EVERY_ENDPOINT_AND_PROVIDER_HAS_A_PUBLIC_CONSTRUCTOR_WITHOUT_PARAMETERS =
            ArchRuleDefinition.classes()
                    .that()
                    .areAnnotatedWith(Provider.class)
                    .or()
                    .areAnnotatedWith(Path.class)
                    .should(haveAPublicConstructorWithoutParameters());

    private static ArchCondition<JavaClass> haveAPublicConstructorWithoutParameters() {
        return new ArchCondition<>("have a public constructor without parameters") {
            @Override
            public void check(JavaClass provider, ConditionEvents events) {
                boolean found = provider.getConstructors().stream()
                        .anyMatch(constructor -> constructor.getParameters().isEmpty()
                                && constructor.getModifiers().contains(JavaModifier.PUBLIC));
                if (!found) {
                    events.add(SimpleConditionEvent.violated(provider, provider.getName() + " has none"));
                }
            }
        };
    }
}
