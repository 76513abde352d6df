package io.mcpdata.container.server;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** Tells Arquillian of our container and of what tests may ask for. */
public final class OperatorExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(DeployableContainer.class, OperatorContainer.class)
                .service(ResourceProvider.class, PlatformResource.class)
                .service(ResourceProvider.class, WebResource.class);
    }
}
