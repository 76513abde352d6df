// The personas with their rules, and the question what a caller may use.

import {chips, el, facts, replace} from "./dom.js";
import {get} from "./api.js";
import {access} from "./access.js";

const RULES = ["tools", "connections", "schemas", "tables", "resources", "prompts", "skills"];

export async function show(page, parameters) {
  const {personas} = await get("personas");
  const question = el("section", {class: "card"});
  replace(page,
    question,
    el("h2", {}, "Personas"),
    el("p", {class: "soft"}, "In the order in which they are chosen: a caller gets the first that lists one of its roles."),
    el("div", {class: "cards"}, personas.map(card)));
  await access(question, personas, parameters);
}

function card(persona) {
  const id = "persona-" + persona.name;
  return el("article", {class: "card", "aria-labelledby": id},
    el("h3", {id}, persona.display_name || persona.name, " ",
      persona.display_name && persona.display_name !== persona.name && el("code", {class: "soft"}, persona.name)),
    persona.description && el("p", {class: "soft"}, persona.description),
    facts([
      ["Roles", persona.roles.length ? chips(persona.roles) : "none"],
      ["Priority", String(persona.priority)],
      ["Permissions", persona.effective_permissions.length ? chips(persona.effective_permissions) : "none"]
    ]),
    el("table", {class: "rules"},
      el("caption", {class: "unseen"}, "Rules of " + persona.name),
      el("thead", {}, el("tr", {}, ["For", "Allowed", "Denied first"].map(title => el("th", {scope: "col"}, title)))),
      el("tbody", {}, RULES.map(kind => {
        const rules = persona[kind] || {};
        return el("tr", {}, el("th", {scope: "row"}, kind),
          el("td", {}, globs(rules.allow, "good")), el("td", {}, globs(rules.deny, "bad")));
      }))),
    limits(persona.effective_limits));
}

function globs(list, kind) {
  return list && list.length ? chips(list, "mono " + kind) : el("span", {class: "soft"}, "none");
}

function limits(all) {
  const known = Object.entries(all || {});
  return known.length === 0 ? null : el("details", {}, el("summary", {}, "Limits"),
    facts(known.map(([name, value]) => [name.replaceAll("_", " "), String(value)])));
}
