// The configuration in force, without secrets, and what is wrong with the newest version of the file.

import {button, chips, el, facts, failure, note, replace, say} from "./dom.js";
import {get, post} from "./api.js";
import {time} from "./format.js";

export async function show(page) {
  await draw(page);
}

async function draw(page) {
  const state = await get("config");
  const rejected = state.newest_version === "rejected";
  replace(page,
    rejected
      ? note("bad", el("p", {}, el("strong", {}, "The newest version of platform.yaml was rejected."),
        " The version before it is in force."), lines(state.problems))
      : note("good", el("p", {}, el("strong", {}, "The newest version of platform.yaml is in force."))),
    state.warnings.length > 0 && note("warn",
      el("p", {}, el("strong", {}, count(state.warnings.length, "warning"))), lines(state.warnings)),
    facts([
      ["File", state.file && el("span", {class: "mono"}, state.file)],
      ["In force since", state.in_force_since && time(state.in_force_since)],
      ["Read last", state.read_at && time(state.read_at)],
      ["Last rejection", state.last_rejection && time(state.last_rejection.at)]
    ]),
    !rejected && state.last_rejection && el("details", {}, el("summary", {}, "Why it was rejected then"),
      lines(state.last_rejection.problems)),
    el("div", {class: "bar"}, button("Read the file now", event => reload(page, event.target)),
      el("span", {class: "soft"}, "The server notices a change of the file by itself, within a second.")),
    el("h2", {}, "In force"),
    el("p", {class: "soft"}, "Under the names of the file. Keys have their key id, and no secret is shown."),
    el("div", {class: "tree"}, Object.entries(state.in_force).map(([name, value]) => section(name, value, false))));
}

/** A version that is rejected is shown as the state that it leaves. */
async function reload(page, pressed) {
  pressed.disabled = true;
  try {
    await post("config/reload", {});
  } catch (error) {
    if (error.status !== 409) {
      pressed.disabled = false;
      page.prepend(failure(error));
      return;
    }
  }
  await draw(page);
  say("The file was read.");
}

function lines(all) {
  return el("ul", {}, all.map(one => el("li", {}, one)));
}

function count(number, word) {
  return number + " " + word + (number === 1 ? "" : "s");
}

function section(name, value, open) {
  if (!isNested(value)) {
    return el("div", {class: "leaf"}, el("span", {class: "mono"}, name), leaf(value));
  }
  const parts = Array.isArray(value)
    ? value.map((one, index) => section(label(one, index), one, false))
    : Object.entries(value).map(([key, one]) => section(key, one, false));
  return el("details", {open}, el("summary", {}, el("span", {class: "mono"}, name), " ",
    el("span", {class: "soft small"}, String(parts.length))), parts);
}

/** An entry of a list has its own name. */
function label(entry, index) {
  return entry.name || entry.issuer || entry.key_id || String(index + 1);
}

function isNested(value) {
  return value !== null && typeof value === "object"
    && (Array.isArray(value) ? value.some(isNested) : Object.keys(value).length > 0);
}

function leaf(value) {
  if (Array.isArray(value)) {
    return value.length ? chips(value.map(String), "mono") : el("span", {class: "soft"}, "none");
  }
  if (value === null || typeof value === "object" || value === "") {
    return el("span", {class: "soft"}, "none");
  }
  return el("span", {class: "mono"}, String(value));
}
