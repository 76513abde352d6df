/** The prompts, documents and skills of {@code platform.yaml}. */
@NullMarked
package io.mcpdata.toolkit.configured;

import org.jspecify.annotations.NullMarked;
