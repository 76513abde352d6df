/**
 * Authentication: the one authentication mechanism, the typed credentials that it passes to the container's identity
 * stores, the callers that come back, and the challenges for refused credentials.
 */
@NullMarked
package io.mcpdata.authentication;

import org.jspecify.annotations.NullMarked;
