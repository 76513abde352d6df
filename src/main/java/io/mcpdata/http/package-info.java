/**
 * What all HTTP packages share: the request id, problem documents (RFC 9457), the client address and the headers that
 * harden an answer.
 */
@NullMarked
package io.mcpdata.http;

import org.jspecify.annotations.NullMarked;
