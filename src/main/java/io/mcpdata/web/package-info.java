/** The HTTP checks in front of every endpoint: security headers, Origin and Host. */
@NullMarked
package io.mcpdata.web;

import org.jspecify.annotations.NullMarked;
