package io.mcpdata.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A container test of behaviour that no server changes: databases, the command line, the console in a browser, the
 * application's own counting. It runs on Payara Micro alone. With {@link OnWildFly} or {@link OnLiberty}, {@code .ci/run}
 * runs it on that server instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("one-server")
public @interface OnOneServer {}
