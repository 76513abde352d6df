/**
 * Reads {@code platform.yaml} into immutable, validated records. No other package reads configuration strings. All
 * errors are reported at once, with file, line and key, and never with a value that could be a secret. {@link
 * io.mcpdata.config.ActiveConfiguration} gives the configuration in force.
 */
@NullMarked
package io.mcpdata.config;

import org.jspecify.annotations.NullMarked;
