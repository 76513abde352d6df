package io.mcpdata.persona;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that an endpoint method answers anonymous callers too. Its path must be one of the public paths in {@code
 * web.xml}. Replaces {@code @PermitAll}, for which Payara answers anonymous callers with 401.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Public {}
