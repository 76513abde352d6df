/**
 * The tools, prompts and resources that the official conformance suite calls: a toolkit that a test adds to the packaged WAR
 * as a jar of its own. Only these classes are in the jar.
 */
@NullMarked
package io.mcpdata.conformance;

import org.jspecify.annotations.NullMarked;
