// What the server knows about the person who is signed in.

import {chips, el, facts, note, replace} from "./dom.js";
import {get} from "./api.js";
import {time} from "./format.js";
import * as session from "./session.js";

const METHODS = {api_key: "API key", oidc: "Single sign-on"};

export async function show(page) {
  const caller = await get("whoami");
  session.update(caller);
  const token = caller.token;
  replace(page,
    caller.no_persona && note("warn",
      el("p", {}, el("strong", {}, "You have no persona, so you may use nothing here."), " ", caller.no_persona),
      el("p", {}, "Ask the operator of this server for a persona that lists one of your roles.")),
    el("section", {class: "card"}, facts([
      ["Name", caller.name],
      ["Signed in with", METHODS[caller.authentication] || caller.authentication],
      [caller.authentication === "api_key" ? "Key id" : "Credential", el("code", {}, caller.credential_id)],
      ["Roles", caller.roles.length ? chips(caller.roles) : "none"],
      ["Persona", caller.persona || "none"],
      ["Permissions", caller.permissions.length ? chips(caller.permissions) : "none"],
      ["Expires", caller.expires_at ? time(caller.expires_at) : "never"]
    ])),
    token && el("section", {class: "card"}, el("h2", {}, "Token"), facts([
      ["Issuer", token.issuer],
      ["Subject", token.subject],
      ["Audience", chips(token.audience)],
      ["Issued", token.issued_at && time(token.issued_at)],
      ["Expires", time(token.expires_at)]
    ])));
}
