/**
 * From {@code platform.yaml} to immutable, validated records. Nothing else in the house reads strings of
 * configuration. All errors are reported at once, with file, line and key, and never with a value that could be a
 * secret; what is in force is asked of {@link io.mcpdata.config.ActiveConfiguration}.
 */
@NullMarked
package io.mcpdata.config;

import org.jspecify.annotations.NullMarked;
