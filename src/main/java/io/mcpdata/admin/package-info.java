/** The HTTP endpoints for the operator of a running platform. */
@NullMarked
package io.mcpdata.admin;

import org.jspecify.annotations.NullMarked;
