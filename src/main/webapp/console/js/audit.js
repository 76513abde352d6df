// The audit trail: filters, pages of rows, one row's story, exports.

import {button, el, failure, note, replace, say, table} from "./dom.js";
import {download, get} from "./api.js";
import {time, zone} from "./format.js";
import {asked, filterForm} from "./audit-filters.js";
import {COLUMNS} from "./audit-columns.js";
import {story} from "./audit-story.js";

const ROWS = 100;

export async function show(page, parameters) {
  const filter = asked(parameters);
  const list = el("div", {class: "list"});
  const panel = el("aside", {class: "panel", hidden: true});
  replace(page, filterForm(parameters, exports(filter)), el("div", {class: "split"}, list, panel));
  await new Rows(list, panel, filter).open("");
}

function exports(filter) {
  const result = el("span", {role: "status"});
  const link = format => button(format.toUpperCase(), async event => {
    event.target.disabled = true;
    replace(result, "The file is being prepared …");
    try {
      await download("audit/export", {...filter, format}, "audit." + format);
      replace(result, "The file was handed to the browser.");
    } catch (error) {
      replace(result, failure(error));
    }
    event.target.disabled = false;
  }, {"aria-label": "Export these rows as " + format.toUpperCase()});
  return el("span", {class: "bar exports"}, result, el("span", {class: "soft"}, "Export all rows:"), link("csv"), link("jsonl"));
}

/** One page of rows at a time, so that the browser never holds the whole trail. */
class Rows {
  constructor(list, panel, filter) {
    Object.assign(this, {list, panel, filter, before: [], cursor: "", asked: 0});
  }

  async open(cursor) {
    const mine = ++this.asked;
    this.list.setAttribute("aria-busy", "true");
    try {
      const answer = await get("audit", {...this.filter, limit: String(ROWS), cursor});
      if (mine === this.asked) {
        this.cursor = cursor;
        this.draw(answer.rows, answer.next_cursor);
      }
    } catch (error) {
      if (error.status === 403) {
        throw error;
      }
      replace(this.list, failure(error));
    }
    this.list.removeAttribute("aria-busy");
  }

  draw(rows, next) {
    const pager = el("div", {class: "bar pager"},
      button("Newer", () => this.open(this.before.pop()), {disabled: this.before.length === 0}),
      button("Older", () => {
        this.before.push(this.cursor);
        this.open(next);
      }, {disabled: next === null}),
      el("span", {class: "soft"}, `Page ${this.before.length + 1}, ${rows.length} rows. Times are in ${zone}.`));
    say(`Page ${this.before.length + 1} with ${rows.length} rows.`);
    const nothing = next === null
      ? "No row meets this filter."
      : "The search has found no row in this part of the trail. Older continues it.";
    this.close();
    replace(this.list,
      rows.length === 0 ? note("info", el("p", {}, nothing)) : this.rows(rows),
      rows.length === 0 && next === null && this.before.length === 0 ? null : pager);
  }

  rows(rows) {
    return table("Audit rows, newest first", [
      {title: "Time", kind: "nowrap", cell: row => button(time(row.occurred_at), event => this.tell(row, event.currentTarget),
        {class: "link", title: "Row " + row.id})},
      ...COLUMNS
    ], rows, row => ({
      // the mouse may use the whole line; the keyboard uses the button in it
      onclick: event => event.target.closest("button") ? null : this.tell(row, event.currentTarget.querySelector("button"))
    }));
  }

  tell(row, opener) {
    this.list.querySelectorAll("tr.chosen").forEach(one => one.classList.remove("chosen"));
    opener.closest("tr").classList.add("chosen");
    this.panel.hidden = false;
    this.panel.parentNode.classList.add("open");
    story(this.panel, row, () => {
      this.close();
      opener.focus();
    });
  }

  close() {
    this.panel.hidden = true;
    this.panel.parentNode.classList.remove("open");
    this.list.querySelectorAll("tr.chosen").forEach(one => one.classList.remove("chosen"));
    replace(this.panel);
  }
}
