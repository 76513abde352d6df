package io.mcpdata.persona;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that an endpoint method answers anonymous callers too. Its path must stand among the public ones of
 * {@code web.xml}. Used in place of {@code @PermitAll}, which Payara answers with 401 to whoever is anonymous.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Public {}
