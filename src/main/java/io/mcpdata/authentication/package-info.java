/**
 * What did the caller present, and who is that? The one authentication mechanism, the typed credentials it hands to
 * the container's identity stores, the callers that come back and the challenges for those who are refused.
 */
@NullMarked
package io.mcpdata.authentication;

import org.jspecify.annotations.NullMarked;
