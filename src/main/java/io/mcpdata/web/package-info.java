/**
 * The guard at the front door: security headers, Origin and Host checks.
 */
@NullMarked
package io.mcpdata.web;

import org.jspecify.annotations.NullMarked;
