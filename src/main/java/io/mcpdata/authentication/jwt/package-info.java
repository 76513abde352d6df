/**
 * The JWT identity store: whether a token of the company's identity provider is good, and who its caller is. Checking
 * one token ({@link io.mcpdata.authentication.jwt.TokenVerifier}) knows neither container nor configuration.
 */
@NullMarked
package io.mcpdata.authentication.jwt;

import org.jspecify.annotations.NullMarked;
