package io.mcpdata.config;

/** A record of which the file has several, such as a persona. */
interface ConfigEntry extends ConfigRecord {

    /** What it is and its name, for the audit trail; no secret. */
    String label();
}
