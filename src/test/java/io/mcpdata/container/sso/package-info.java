/** Single sign-on on a real server: the tests' own issuer for hostile cases, and Keycloak as operators run it. */
@NullMarked
package io.mcpdata.container.sso;

import org.jspecify.annotations.NullMarked;
