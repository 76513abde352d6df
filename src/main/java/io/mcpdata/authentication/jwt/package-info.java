/**
 * The JWT identity store: whether a token of an identity provider is valid, and who its caller is. The check of one
 * token ({@link io.mcpdata.authentication.jwt.TokenVerifier}) uses neither container nor configuration.
 */
@NullMarked
package io.mcpdata.authentication.jwt;

import org.jspecify.annotations.NullMarked;
