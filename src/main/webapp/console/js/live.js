// Audit rows as they are written: one stream, which is opened again where it broke.

import {badge, button, el, failure, field, note, replace, select, table} from "./dom.js";
import {watch} from "./live-stream.js";
import {time, zone} from "./format.js";
import {link} from "./audit-filters.js";
import {COLUMNS as ROW_COLUMNS} from "./audit-columns.js";
import * as session from "./session.js";

const MOST_ROWS = 200;
const OUTCOMES = [["", "All"], ["success", "success"], ["denied", "denied"], ["error", "error"]];
const PAUSES = [1000, 2000, 5000, 10000];

export async function show(page, parameters) {
  const outcome = OUTCOMES.some(([name]) => name === parameters.outcome) ? parameters.outcome : "";
  new Live(page, outcome).open();
}

/** The day is today's; its title has the instant itself. */
function clock(iso) {
  const node = time(iso);
  node.textContent = node.textContent.slice("yyyy-mm-dd ".length);
  return node;
}

const COLUMNS = [
  {title: "Time", kind: "nowrap", cell: row => row.request_id && session.may("audit:read")
    ? el("a", {href: link({time: "all", request_id: row.request_id}), title: "Row " + row.id + ": all rows of its request"},
      clock(row.occurred_at))
    : clock(row.occurred_at)},
  ...ROW_COLUMNS
];

class Live {
  constructor(page, outcome) {
    Object.assign(this, {page, outcome, rows: [], waiting: 0, paused: false, last: "", retry: 0, failures: 0,
      pauseOfDrawing: 200});
    this.state = el("span", {role: "status"});
    this.counted = el("span", {class: "soft"});
    this.notes = el("div", {});
    this.list = el("div", {class: "live-rows"});
    this.pause = button("Pause", () => this.hold(!this.paused), {"aria-pressed": "false"});
    const outcomes = select("outcome", OUTCOMES, outcome);
    outcomes.addEventListener("change", () => {
      location.hash = "#/live" + (outcomes.value ? "?" + new URLSearchParams({outcome: outcomes.value}) : "");
    });
    replace(page,
      el("div", {class: "bar"}, field("Outcome", outcomes), this.pause,
        button("Clear", () => {
          this.rows = [];
          this.waiting = 0;
          this.draw();
        }), this.state, this.counted),
      this.notes, this.list);
  }

  open() {
    this.tell("connecting", "plain");
    this.draw();
    this.run();
  }

  /** Until the page is left, the session ends, or the caller may not watch any more. */
  async run() {
    while (this.page.isConnected) {
      try {
        await watch({outcome: this.outcome}, this.last, () => this.page.isConnected, event => this.on(event));
      } catch (error) {
        if (!this.page.isConnected || error.status === 401) {
          return;
        }
        if (error.status === 403) {
          this.tell("ended", "bad");
          replace(this.notes, failure(error));
          return;
        }
        if (error.status === 400) {
          // the store is another one: what was seen last says nothing there
          this.last = "";
        }
        this.failures++;
        if (error.status || this.failures > 1) {
          replace(this.notes, failure(error));
        }
      }
      this.tell("reconnecting", "warn");
      await this.wait(this.retry || PAUSES[Math.min(this.failures, PAUSES.length - 1)]);
      this.retry = 0;
    }
  }

  wait(millis) {
    return new Promise(done => setTimeout(done, millis));
  }

  on(event) {
    this.last = event.id || this.last;
    this.retry = Number(event.retry) || this.retry;
    if (event.event === "ready") {
      this.failures = 0;
      replace(this.notes);
      this.tell("live", "good");
    } else if (event.event === "gap") {
      replace(this.notes, note("warn", el("p", {}, "Some rows were deleted because of their age before they were shown.")));
    } else if (event.event === "audit") {
      this.add(JSON.parse(event.data));
    }
  }

  add(row) {
    this.rows.unshift(row);
    this.rows.length = Math.min(this.rows.length, MOST_ROWS);
    this.waiting++;
    if (!this.drawing) {
      // many rows can come at once; on a slow machine, drawing must leave time for the person's clicks
      this.drawing = true;
      setTimeout(() => {
        this.drawing = false;
        const begin = performance.now();
        this.draw();
        this.pauseOfDrawing = Math.max(200, 4 * (performance.now() - begin));
      }, this.pauseOfDrawing);
    }
  }

  hold(paused) {
    this.paused = paused;
    this.pause.textContent = paused ? "Resume" : "Pause";
    this.pause.setAttribute("aria-pressed", String(paused));
    this.draw();
  }

  draw() {
    if (!this.paused) {
      const before = this.list.querySelector(".scroll");
      const place = before ? [before.scrollLeft, before.scrollTop] : [0, 0];
      replace(this.list, this.rows.length === 0
        ? note("info", el("p", {}, "No row yet. Rows appear here as soon as they are written."))
        : table("Audit rows as they are written, newest first", COLUMNS, this.rows));
      const after = this.list.querySelector(".scroll");
      if (after) {
        [after.scrollLeft, after.scrollTop] = place;
      }
      this.waiting = 0;
    }
    replace(this.counted, this.paused
      ? `${this.waiting} new rows wait.`
      : `${this.rows.length} rows, at most ${MOST_ROWS}. Times are in ${zone}.`);
  }

  tell(word, kind) {
    if (this.told !== word) {
      this.told = word;
      replace(this.state, badge(word, kind));
    }
  }
}
