// What may a caller use, and which rule decides? The server asks the predicates that a call asks.

import {badge, chips, el, facts, failure, field, note, replace, say, select} from "./dom.js";
import {get, post} from "./api.js";
import {words} from "./format.js";
import * as session from "./session.js";

export async function access(place, personas, parameters) {
  const form = await question(personas, parameters);
  const result = el("div", {class: "answer"});
  replace(place, el("h2", {}, "What may a caller use, and why?"), form, result);
  form.addEventListener("submit", event => {
    event.preventDefault();
    ask(form, result);
  });
  if (parameters.key_id) {
    await ask(form, result);
  }
}

async function question(personas, parameters) {
  const own = await get("access");
  const kind = select("kind", [["own", "Me"], ["roles", "Roles"], ["key", "A key"]],
    parameters.key_id ? "key" : "own");
  const roles = field("Roles", el("input", {type: "text", name: "roles", list: "known-roles", autocomplete: "off"}),
    "Several with commas");
  const key = field("Key id", el("input", {type: "text", name: "key_id", list: "known-keys", autocomplete: "off",
    spellcheck: "false", maxlength: "12", value: parameters.key_id || ""}));
  const update = () => {
    roles.hidden = kind.value !== "roles";
    key.hidden = kind.value !== "key";
  };
  kind.addEventListener("change", update);
  update();
  return el("form", {"aria-label": "Ask for access"},
    el("div", {class: "fields"}, field("Who", kind), roles, key,
      field("Tool", el("input", {type: "text", name: "tool", list: "known-tools", autocomplete: "off", spellcheck: "false",
        value: parameters.tool || ""}), "Optional"),
      field("Connection", el("input", {type: "text", name: "connection", list: "known-connections", autocomplete: "off",
        spellcheck: "false", value: parameters.connection || ""}), "Optional"),
      field("Table", el("input", {type: "text", name: "table", autocomplete: "off", spellcheck: "false"}),
        "Optional: CONNECTION/SCHEMA.TABLE")),
    suggestions("known-roles", personas.flatMap(persona => persona.roles).map(role => [role])),
    suggestions("known-tools", (own.tools || []).map(name => [name])),
    suggestions("known-connections", (own.connections || []).map(name => [name])),
    suggestions("known-keys", await keys()),
    el("div", {class: "bar"}, el("button", {type: "submit", class: "primary"}, "Ask")));
}

async function keys() {
  if (!session.may("keys:manage")) {
    return [];
  }
  return (await get("keys")).keys.map(key => [key.key_id, key.name]);
}

function suggestions(id, options) {
  return el("datalist", {id}, [...new Map(options)].map(([value, label]) => el("option", {value}, label)));
}

async function ask(form, result) {
  const given = Object.fromEntries(new FormData(form));
  const list = text => text.split(",").map(one => one.trim()).filter(Boolean);
  const body = {};
  if (given.kind === "roles") {
    body.roles = list(given.roles);
  }
  if (given.kind === "key") {
    body.key_id = given.key_id.trim();
  }
  if (given.kind !== "own" && !(body.key_id || (body.roles && body.roles.length))) {
    replace(result, note("bad", el("p", {}, given.kind === "key" ? "Enter a key id." : "Enter at least one role.")));
    return;
  }
  for (const name of ["tool", "connection", "table"]) {
    if (given[name].trim()) {
      body[name + "s"] = [given[name].trim()];
    }
  }
  try {
    replace(result, answer(await post("access", body)));
    say("The answer is shown.");
  } catch (error) {
    replace(result, failure(error));
  }
}

function answer(found) {
  return [
    !found.accepted && note("warn", el("p", {}, el("strong", {}, "Not accepted now. "), found.refused)),
    (found.decisions || []).map(decision => note(decision.allowed ? "good" : "warn", el("p", {},
      badge(decision.allowed ? "allowed" : "not allowed", decision.allowed ? "good" : "warn"), " ",
      words(decision.kind), " ", el("code", {}, decision.name), ": ",
      decision.exists === false ? "it does not exist. " : "",
      decision.rule ? ["decided by ", el("code", {}, decision.rule)] : "no rule decides"))),
    facts([
      ["Caller", found.subject.name],
      ["Roles", found.roles && chips(found.roles)],
      ["Persona", found.persona || "none"],
      ["Why", found.why],
      ["Roles that no persona lists", found.roles_without_persona && found.roles_without_persona.length
        ? chips(found.roles_without_persona, "bad") : ""],
      ["Permissions", chipsOf(found.permissions)],
      ["Tools", chipsOf(found.tools)],
      ["Connections", chipsOf(found.connections)],
      ["Prompts", chipsOf(found.prompts)],
      ["Skills", chipsOf(found.skills)],
      ["Resources", found.resources && found.resources.length > 0
        ? el("details", {}, el("summary", {}, found.resources.length + " resources"), chips(found.resources, "mono"))
        : ""]
    ])
  ];
}

function chipsOf(names) {
  return names && (names.length ? chips(names, "mono") : "none");
}
