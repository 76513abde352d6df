package io.mcpdata.persona;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that an endpoint method answers every authenticated caller, also one without a persona. Replaces
 * {@code @RolesAllowed("**")}, for which Open Liberty refuses all callers.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AnyCaller {}
