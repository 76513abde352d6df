// The dialogs that create, rotate and revoke a key.

import {button, el, field, note, replace, say, select} from "./dom.js";
import {dialog} from "./dialog.js";
import {get, post, remove} from "./api.js";
import * as session from "./session.js";

export async function askForKey(done) {
  const suggested = await knownRoles();
  if (!session.who()) {
    return;
  }
  const roles = el("input", {type: "text", name: "roles", required: true, autocomplete: "off", list: "roles-of-personas"});
  const body = [
    field("Name", el("input", {type: "text", name: "name", required: true, maxlength: "128", autocomplete: "off"}),
      "Who uses it. The audit trail shows this name."),
    field("Roles", roles, "Several with commas. They select the persona."),
    el("datalist", {id: "roles-of-personas"}, suggested.map(role => el("option", {value: role}))),
    field("Description", el("input", {type: "text", name: "description", maxlength: "512", autocomplete: "off"}), "Optional"),
    field("E-mail of the owner", el("input", {type: "email", name: "email", autocomplete: "off"}), "Optional"),
    field("Valid for", select("days", [["30", "30 days"], ["90", "90 days"], ["365", "a year"], ["", "no end"]], "90")),
    field("Networks", el("input", {type: "text", name: "networks", autocomplete: "off", spellcheck: "false"}),
      "Optional: addresses or networks it may be used from, with commas")
  ];
  dialog("Create a key", body, "Create", async form => {
    const given = Object.fromEntries(new FormData(form));
    const order = {name: given.name.trim(), roles: list(given.roles)};
    for (const name of ["description", "email"]) {
      if (given[name].trim()) {
        order[name] = given[name].trim();
      }
    }
    if (given.days) {
      order.expires_at = new Date(Date.now() + Number(given.days) * 86400000).toISOString();
    }
    if (given.networks.trim()) {
      order.allowed_networks = list(given.networks);
    }
    return made(await post("keys", order));
  }, done);
}

export function askForRotation(key, done) {
  const body = [
    el("p", {}, "A new key with the same name and rights is made. The old one, ", el("code", {}, key.key_id),
      ", stays valid for the overlap, so that its users can change it."),
    field("Overlap", select("overlap", [["0s", "none: the old key ends now"], ["1h", "1 hour"], ["24h", "24 hours"],
      ["7d", "7 days"], ["30d", "30 days"]], "24h"))
  ];
  dialog(`Rotate ${key.name}`, body, "Rotate", async form =>
    made(await post(`keys/${key.key_id}/rotate`, {overlap: new FormData(form).get("overlap")})), done);
}

export function askForRevocation(key, done) {
  const own = session.who().credential_id === key.key_id;
  const typed = el("input", {type: "text", name: "key_id", required: true, autocomplete: "off", spellcheck: "false",
    pattern: key.key_id, title: key.key_id});
  const body = [
    el("p", {}, "The key of ", el("strong", {}, key.name),
      " ends now. Its open streams are closed, and it cannot be used again."),
    own && note("warn", el("p", {}, "You are signed in with this key; you will be signed out.")),
    field(`Type the key id ${key.key_id} to confirm`, typed)
  ];
  dialog(`Revoke ${key.name}`, body, "Revoke", async form => {
    if (new FormData(form).get("key_id").trim() !== key.key_id) {
      throw new Error("The typed key id is another one; nothing was revoked.");
    }
    await remove("keys/" + key.key_id);
    say("The key " + key.key_id + " is revoked.");
    return null;
  }, done, "danger");
}

/** The only time that the key is shown; closing the dialog forgets it. */
function made(key) {
  const shown = el("input", {type: "text", readonly: true, value: key.key, class: "mono", "aria-label": "The new key"});
  const state = el("span", {role: "status"});
  const copy = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(shown.value);
      replace(state, "Copied.");
    } catch (denied) {
      shown.select();
      replace(state, "The browser does not allow it here. The key is selected: copy it with the keyboard.");
    }
  }, {class: "primary"});
  return [
    note("info", el("p", {}, el("strong", {}, "Copy this key now."), " It is shown only once; the server keeps its digest alone.")),
    el("div", {class: "secret"}, shown, copy), state,
    el("p", {class: "soft"}, "Key id ", el("code", {}, key.key_id), ", name ", key.name, ".")
  ];
}

async function knownRoles() {
  if (!session.may("personas:read")) {
    return [];
  }
  try {
    const {personas} = await get("personas");
    return [...new Set(personas.flatMap(persona => persona.roles))];
  } catch (none) {
    // only suggestions
    return [];
  }
}

function list(text) {
  return text.split(",").map(one => one.trim()).filter(Boolean);
}
