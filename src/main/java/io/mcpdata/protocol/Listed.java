package io.mcpdata.protocol;

import jakarta.json.JsonObject;

/** An entry of a list that a client asks for. */
public interface Listed {

    /** The entry with the members that the client understands. */
    JsonObject toJson(ClientRevision client);
}
