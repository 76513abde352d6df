package io.mcpdata.container.server;

import java.lang.annotation.Annotation;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** {@code @ArquillianResource Web}: plain HTTP against the shared platform, with connections of the test's own. */
public final class WebResource implements ResourceProvider {

    @Inject
    private Instance<Platform> platform;

    @Override
    public boolean canProvide(Class<?> type) {
        return type == Web.class;
    }

    @Override
    public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
        return new Web(platform.get());
    }
}
