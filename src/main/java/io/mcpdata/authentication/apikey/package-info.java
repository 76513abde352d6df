/**
 * The API-key identity store: keys are known by their SHA-256 digest only.
 */
@NullMarked
package io.mcpdata.authentication.apikey;

import org.jspecify.annotations.NullMarked;
