package io.mcpdata.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Beside {@link OnOneServer}: {@code .ci/run} runs this test on Open Liberty instead of Payara Micro, so that its parts take
 * equally long. {@code mvn verify} runs it on Payara Micro.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("on-liberty")
public @interface OnLiberty {}
