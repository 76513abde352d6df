// Calls a tool as the caller who is signed in: the same call, with the same rules and the same audit row, as a client's.

import {badge, button, el, facts, failure, field, note, replace, say, select, table} from "./dom.js";
import {count, duration} from "./format.js";
import {call, digits, tools} from "./mcp.js";
import {InputFault, toolForm} from "./tool-form.js";
import {link} from "./audit-filters.js";
import * as session from "./session.js";

const MOST_ROWS = 200;

export async function show(page, parameters) {
  const found = await tools();
  if (!found.length) {
    replace(page, el("p", {}, "Your persona allows no tool."));
    return;
  }
  const place = el("section", {class: "card", "aria-label": "Call of a tool"});
  const chosen = select("tool", found.map(tool => [tool.name, label(tool)]),
    found.some(tool => tool.name === parameters.tool) ? parameters.tool : preferred(found));
  const change = () => showTool(place, found.find(tool => tool.name === chosen.value));
  chosen.addEventListener("change", change);
  replace(page,
    el("p", {class: "soft"}, "A call runs as you, under the rules and limits of your persona, and has its audit row."),
    el("div", {class: "fields"}, field("Tool", chosen)),
    place);
  change();
}

function label(tool) {
  return tool.title && tool.title !== tool.name ? `${tool.name}: ${tool.title}` : tool.name;
}

function preferred(found) {
  return (found.find(tool => tool.name === "list_connections") || found[0]).name;
}

function showTool(place, tool) {
  const form = toolForm(tool.inputSchema || {});
  const result = el("div", {class: "answer"});
  const submit = el("button", {type: "submit", class: "primary"}, "Call");
  const cancel = button("Cancel", () => running.abort(), {hidden: true});
  let running = new AbortController();
  const node = el("form", {"aria-label": "Arguments of " + tool.name},
    form.fields.length ? el("div", {class: "fields"}, form.fields) : el("p", {}, "This tool has no arguments."),
    el("div", {class: "bar"}, submit, cancel));
  node.addEventListener("submit", async event => {
    event.preventDefault();
    running = new AbortController();
    submit.disabled = true;
    cancel.hidden = false;
    replace(result, el("p", {class: "soft"}, "The call runs."));
    await run(tool, form, result, running.signal);
    submit.disabled = false;
    cancel.hidden = true;
    result.scrollIntoView({block: "nearest"});
  });
  replace(place,
    el("h2", {}, el("code", {}, tool.name)),
    tool.description && el("details", {}, el("summary", {}, "What it does"), el("p", {class: "lines"}, tool.description)),
    node, result);
}

async function run(tool, form, result, signal) {
  const trace = digits(32);
  const begun = performance.now();
  try {
    const {args, headers} = form.read();
    const answer = await call(tool.name, args, headers, trace, signal);
    replace(result, outcome(answer, (performance.now() - begun) * 1000, trace));
    say(answer.isError ? "The tool reports an error." : "The result is shown.");
  } catch (error) {
    if (signal.aborted) {
      replace(result, note("info", el("p", {}, "The call was cancelled.")));
      return;
    }
    replace(result, failure(error), !(error instanceof InputFault) && session.who() && el("p", {}, rows(trace)));
    if (error instanceof InputFault) {
      error.control.focus();
    }
  }
}

function outcome(answer, micros, trace) {
  const content = answer.structuredContent;
  const isTable = content && Array.isArray(content.columns) && Array.isArray(content.rows) && content.rows.every(Array.isArray);
  const texts = (answer.content || []).filter(block => block.type === "text").map(block => block.text);
  const others = (answer.content || []).filter(block => block.type !== "text");
  return [
    el("h3", {}, "Result ", answer.isError ? badge("error", "bad") : badge("success", "good")),
    facts([
      ["Time taken", duration(micros)],
      ["Trace id", [el("code", {}, trace), " ", rows(trace)]]
    ]),
    answer.isError && note("bad", texts.map(text => el("p", {class: "lines"}, text))),
    isTable && grid(content),
    content && json(isTable ? "All of it as JSON" : "Structured content", content, !isTable),
    !answer.isError && !content && texts.map(text => block("Text", text)),
    others.length > 0 && json("Other content", others, true)
  ];
}

/** The audit rows of the call, for those who may read them. */
function rows(trace) {
  return session.may("audit:read") && el("a", {href: link({time: "1h", trace_id: trace})}, "Its audit row");
}

function grid(content) {
  const shown = content.rows.slice(0, MOST_ROWS);
  const cut = content.truncated || content.rows.length > shown.length;
  return [
    el("p", {class: "soft"}, `${count(content.rows.length)} ${content.rows.length === 1 ? "row" : "rows"}`,
      content.rows.length > shown.length && `, the first ${MOST_ROWS} are shown`,
      content.truncated && "; the result was cut", cut ? "." : ""),
    table("Rows of the result", content.columns.map((column, i) => ({
      title: column.name || String(column),
      kind: "mono",
      cell: row => row[i] === null ? el("span", {class: "soft"}, "NULL") : text(row[i])
    })), shown)
  ];
}

function text(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function json(title, value, isOpen) {
  return el("details", {open: isOpen}, el("summary", {}, title), block(title, JSON.stringify(value, null, 2)));
}

function block(title, content) {
  return el("pre", {class: "box", role: "region", tabindex: "0", "aria-label": title}, content);
}
