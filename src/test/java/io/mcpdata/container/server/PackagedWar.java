package io.mcpdata.container.server;

import org.jboss.arquillian.container.test.api.DeploymentConfiguration;
import org.jboss.arquillian.container.test.api.DeploymentConfiguration.DeploymentContentBuilder;
import org.jboss.arquillian.container.test.spi.client.deployment.AutomaticDeployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.TestClass;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The WAR as Maven packaged it, for every class that asks for the server; tests stay outside of it. */
public final class PackagedWar implements AutomaticDeployment {

    @Override
    public @Nullable DeploymentConfiguration generateDeploymentScenario(TestClass test) {
        if (AnnotationSupport.findAnnotatedFields(test.getJavaClass(), ArquillianResource.class)
                .isEmpty()) {
            return null;
        }
        WebArchive war = ShrinkWrap.createFromZipFile(
                WebArchive.class, Setup.fromMaven().war().toFile());
        return new DeploymentContentBuilder(war)
                .withDeployment()
                .withTestable(false)
                .build()
                .get();
    }
}
