package io.mcpdata.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the reader, {@link ConfigDiff}, {@link ConfigJson} and the JSON Schema know of a key of the file beyond the name
 * and type of the record's component.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface ConfigKey {

    /** The key in the file, with those around it; if empty, the component's name in snake case. */
    String value() default "";

    /** The description in the schema. If empty, {@code platform.schema.json} describes the key. */
    String about() default "";

    /** The default of a number, flag, duration or choice, as the file would have it. */
    String standard() default "";

    int least() default 0;

    int most() default Integer.MAX_VALUE;

    /** The longest duration; if empty, there is no limit but that of every duration. */
    String longest() default "";

    /** Why a duration may be no longer, for the operator. */
    String because() default "";

    /** Whether {@code GET /api/v1/config} has it. */
    boolean told() default true;

    /** Whether a change takes effect at the next start only. */
    boolean fromNextStart() default false;
}
