/** Single sign-on on a real server: an issuer of our own for hostile cases, and Keycloak as people run it. */
@NullMarked
package io.mcpdata.container.sso;

import org.jspecify.annotations.NullMarked;
