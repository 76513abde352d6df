// The open sessions and streams of all callers; one can be ended.

import {button, el, field, note, replace, say, select, table} from "./dom.js";
import {dialog} from "./dialog.js";
import {get, remove} from "./api.js";
import {count, time} from "./format.js";

const KINDS = {sse: "stream of /sse", streamable: "session of /mcp", subscription: "subscription", events: "stream of audit rows"};

export async function show(page, parameters) {
  await draw(page, parameters.kind || "");
}

async function draw(page, kind) {
  const {total, sessions} = await get("sessions", {kind, limit: "1000"});
  const again = () => draw(page, kind);
  const choice = select("kind", [["", "all"], ...Object.entries(KINDS)], kind);
  choice.addEventListener("change", () => {
    location.hash = "#/sessions" + (choice.value ? "?kind=" + choice.value : "");
  });
  replace(page,
    el("div", {class: "bar"}, field("Kind", choice), button("Refresh", again),
      el("span", {class: "soft"}, total > sessions.length ? `the newest ${count(sessions.length)} of ${count(total)}` : `${count(total)} open`)),
    sessions.length === 0 ? note("info", el("p", {}, "No session is open.")) : list(sessions, again));
}

function list(sessions, again) {
  return table("Open sessions", [
    {title: "Caller", cell: one => [el("strong", {}, one.caller), el("div", {class: "soft small mono"}, one.credential_id)]},
    {title: "Persona", cell: one => one.persona},
    {title: "Kind", kind: "nowrap", cell: one => [KINDS[one.kind], one.protocol_version && el("div", {class: "soft small"}, "MCP " + one.protocol_version)]},
    {title: "Client", cell: one => [one.user_agent || el("span", {class: "soft"}, "not named"),
      el("div", {class: "soft small"}, one.client_address)]},
    {title: "Opened", kind: "nowrap", cell: one => time(one.opened_at)},
    {title: "Last message", kind: "nowrap", cell: one => time(one.last_request_at)},
    {title: "Calls", cell: one => one.running_calls > 0 ? `${count(one.running_calls)} running` : el("span", {class: "soft"}, "none")},
    {title: "Actions", kind: "nowrap actions", cell: one => button("End", () => askToEnd(one, again),
      {class: "danger", "aria-label": `End the ${KINDS[one.kind]} of ${one.caller}, opened ${one.opened_at}`})}
  ], sessions);
}

function askToEnd(one, again) {
  dialog(`End the ${KINDS[one.kind]}`, [
    el("p", {}, "The ", KINDS[one.kind], " of ", el("strong", {}, one.caller), " ends now, with its streams and running calls."),
    el("p", {class: "soft"}, "The caller may open another one. To keep it out, revoke its key.")
  ], "End", async () => {
    try {
      await remove("sessions/" + one.id);
    } catch (problem) {
      if (problem.status !== 404) {
        throw problem;
      }
      // its client was faster
    }
    say("It has ended.");
    return null;
  }, again, "danger");
}
