// The filters of the audit trail. They are in the address of the page, so that "back" works; they contain no credential.

import {button, el, field, select} from "./dom.js";
import {words} from "./format.js";

const TYPES = ["TOOL_CALL", "RESOURCE_LIST", "RESOURCE_READ", "PROMPT_GET", "COMPLETION", "SKILL_LIST", "SKILL_GET",
  "LOGIN_FAILURE", "ACCESS_DENIED", "SESSION_OPEN", "SESSION_CLOSE", "STREAM_OPEN", "STREAM_CLOSE", "KEY_CHANGE",
  "SESSION_CHANGE", "CONFIGURATION_CHANGE", "AUDIT_READ", "STORE_BACKUP", "RETENTION", "STORE_LOSS", "AUDIT_CHAIN"];
const OUTCOMES = ["success", "denied", "error"];
const TIMES = [["1h", "Last hour"], ["24h", "Last 24 hours"], ["7d", "Last 7 days"], ["30d", "Last 30 days"],
  ["all", "All times"], ["own", "From and to …"]];
const TEXTS = [["caller", "Caller"], ["tool", "Tool"], ["connection", "Connection"], ["persona", "Persona"],
  ["key_id", "Key id or issuer"], ["request_id", "Request id"], ["trace_id", "Trace id"], ["category", "Reason"],
  ["text", "Text in parameters"]];

const NAMES = ["type", "outcome", "identity", ...TEXTS.map(([name]) => name)];

/** The filter as the server takes it. */
export function asked(parameters) {
  const filter = {};
  for (const name of NAMES) {
    filter[name] = parameters[name];
  }
  const chosen = parameters.time || "24h";
  if (chosen === "own") {
    filter.since = instant(parameters.from);
    filter.until = instant(parameters.to);
  } else if (chosen !== "all") {
    filter.since = chosen;
  }
  return filter;
}

/** The address of the audit page with these filters. */
export function link(parameters) {
  const kept = Object.entries(parameters).filter(([, value]) => value);
  return "#/audit?" + new URLSearchParams(kept);
}

/** more: what stands beside the buttons of the form. */
export function filterForm(parameters, beside) {
  const times = select("time", TIMES, parameters.time || "24h");
  const own = ["from", "to"].map(name => field(name === "from" ? "From" : "To",
    el("input", {type: "datetime-local", name, value: parameters[name] || ""})));
  const showOwn = () => own.forEach(one => {
    one.hidden = times.value !== "own";
  });
  times.addEventListener("change", showOwn);
  showOwn();
  const input = ([name, label]) => field(label, el("input", {type: "text", name, value: parameters[name] || "", maxlength: "200",
    autocomplete: "off", spellcheck: "false"}));
  const more = TEXTS.slice(3);
  const form = el("form", {class: "card filters", role: "search", "aria-label": "Filter the audit rows"},
    el("div", {class: "fields"},
      field("Time", times), own,
      field("Event", select("type", [["", "All"], ...TYPES.map(type => [type, words(type)])], parameters.type || "")),
      field("Outcome", select("outcome", [["", "All"], ...OUTCOMES.map(one => [one, one])], parameters.outcome || "")),
      TEXTS.slice(0, 3).map(input)),
    el("details", {open: more.some(([name]) => parameters[name]) || parameters.identity},
      el("summary", {}, "More filters"),
      el("div", {class: "fields"}, more.map(input),
        parameters.identity && input(["identity", "Identity"]))),
    el("div", {class: "bar"},
      el("button", {type: "submit", class: "primary"}, "Apply"),
      button("Clear", () => open({})), beside));
  form.addEventListener("submit", event => {
    event.preventDefault();
    open(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()])));
  });
  return form;
}

function open(parameters) {
  const next = link(parameters);
  if (location.hash === next) {
    dispatchEvent(new Event("hashchange"));
  } else {
    location.hash = next;
  }
}

function instant(local) {
  return local ? new Date(local).toISOString() : undefined;
}
