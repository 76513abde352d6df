// One audit row in full, and the other rows of its request.

import {button, chips, el, facts, failure, replace} from "./dom.js";
import {get} from "./api.js";
import {count, duration, time, words} from "./format.js";
import {outcome} from "./audit-columns.js";
import {link} from "./audit-filters.js";
import * as session from "./session.js";

export function story(panel, row, close) {
  const others = el("div", {});
  const closing = button("Close", close);
  panel.setAttribute("aria-label", "Audit row " + row.id);
  panel.onkeydown = event => {
    if (event.key === "Escape") {
      close();
    }
  };
  replace(panel,
    el("div", {class: "bar ends"}, el("h2", {}, "Row " + row.id), closing),
    el("p", {class: "lead"}, sentence(row)),
    facts([
      ["Time", time(row.occurred_at)],
      ["Outcome", outcome(row)],
      ["Reason", row.category],
      ["Rule", row.rule],
      ["Tool", code(row.tool)],
      ["Connection", row.connection],
      ["Rows", row.row_count === null ? "" : count(row.row_count)],
      ["Time taken", row.duration_micros ? duration(row.duration_micros) : ""]
    ]),
    indented(row.parameters) && [el("h3", {}, "Parameters"),
      el("pre", {role: "region", tabindex: "0", "aria-label": "Parameters"}, indented(row.parameters))],
    el("h3", {}, "Caller"),
    facts([
      ["Name", row.caller],
      ["Identity", code(row.identity)],
      ["Credential", code(row.credential_id)],
      ["Persona", row.persona],
      ["Roles", row.roles.length ? chips(row.roles) : ""],
      ["Address", row.client_address],
      ["Client", row.user_agent]
    ]),
    el("p", {class: "bar"},
      row.identity && el("a", {href: link({time: "7d", identity: row.identity})}, "All rows of this caller"),
      row.tool && el("a", {href: link({time: "7d", tool: row.tool})}, "All calls of this tool"),
      why(row)),
    row.request_id && [el("h3", {}, "Request"), el("p", {}, code(row.request_id)), trace(row), others]);
  closing.focus();
  if (row.request_id) {
    showOthers(others, row);
  }
}

function sentence(row) {
  if (row.type === "LOGIN_FAILURE") {
    return `${row.caller || "An unknown caller"}: the key or token was refused.`;
  }
  const who = row.caller || "A caller without a known credential";
  const what = row.tool ? `${words(row.type)}, ${row.tool}` : words(row.type);
  const where = row.connection ? ` on ${row.connection}` : "";
  const how = {SUCCESS: "succeeded", DENIED: "was refused", ERROR: "failed"}[row.outcome] || words(row.outcome);
  return `${who}: ${what}${where} ${how}.`;
}

/** The rows of all requests of the trace. */
function trace(row) {
  return row.trace_id && el("p", {}, "Trace ", el("a", {href: link({time: "all", trace_id: row.trace_id})}, row.trace_id));
}

/** Leads to the page that says which rule decides. */
function why(row) {
  if (!session.may("personas:read") || !row.identity || row.method !== "api_key" || !/^[0-9a-f]{12}$/.test(row.credential_id)) {
    return null;
  }
  const question = {key_id: row.credential_id};
  if (row.tool) {
    question.tool = row.tool;
  }
  if (row.connection) {
    question.connection = row.connection;
  }
  return el("a", {href: "#/personas?" + new URLSearchParams(question)}, "What may this caller use now?");
}

async function showOthers(place, row) {
  try {
    const {rows} = await get("audit", {request_id: row.request_id, limit: "20"});
    const others = rows.filter(one => one.id !== row.id).reverse();
    replace(place, others.length === 0
      ? el("p", {class: "soft"}, "This request has no other row.")
      : [el("p", {class: "soft"}, "Other rows of this request:"), el("ul", {}, others.map(one => el("li", {},
        time(one.occurred_at), " ", words(one.type), " ", outcome(one), " ",
        one.tool || one.category)))]);
  } catch (error) {
    replace(place, failure(error));
  }
}

function code(text) {
  return text ? el("code", {}, text) : "";
}

function indented(json) {
  try {
    const value = JSON.parse(json);
    // a statement reads better with its own lines than as one JSON text
    return Object.entries(value).map(([name, one]) =>
      name + ": " + (typeof one === "string" ? one : JSON.stringify(one, null, 2))).join("\n");
  } catch (none) {
    return json;
  }
}
