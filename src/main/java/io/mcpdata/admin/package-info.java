/**
 * What the operator asks of a running platform.
 */
@NullMarked
package io.mcpdata.admin;

import org.jspecify.annotations.NullMarked;
