package io.mcpdata.config;

/** A record whose components are keys of the file; {@link ConfigJson} writes no other records. */
interface ConfigRecord {}
