// How audit rows look in tables. The first column, with the time, is the page's own.

import {badge, el} from "./dom.js";
import {duration, words} from "./format.js";

const KINDS = {SUCCESS: "good", DENIED: "warn", ERROR: "bad"};

export function outcome(row) {
  return badge(words(row.outcome), KINDS[row.outcome]);
}

export const COLUMNS = [
  {title: "Event", kind: "nowrap", cell: row => words(row.type)},
  {title: "Outcome", cell: outcome},
  {title: "Caller", kind: "nowrap clip", cell: row => row.caller || el("span", {class: "soft"}, "none")},
  {title: "Persona", kind: "extra", cell: row => row.persona},
  {title: "Tool", kind: "mono nowrap", cell: row => row.tool},
  {title: "Connection", kind: "extra", cell: row => row.connection},
  {title: "Reason", cell: row => row.category},
  {title: "Time taken", kind: "number nowrap extra", cell: row => row.duration_micros ? duration(row.duration_micros) : ""}
];
