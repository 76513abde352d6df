// Calls, refusals and durations over time, and who and what they belong to.

import {button, el, failure, field, note, replace, select, table} from "./dom.js";
import {get} from "./api.js";
import {count, duration, short, zone} from "./format.js";
import {link} from "./audit-filters.js";
import {plot} from "./plot.js";

const TIMES = {
  "1h": {label: "Last hour", hours: 1, interval: "1m", minutes: 1},
  "6h": {label: "Last 6 hours", hours: 6, interval: "1m", minutes: 1},
  "24h": {label: "Last 24 hours", hours: 24, interval: "1h", minutes: 60},
  "7d": {label: "Last 7 days", hours: 168, interval: "1h", minutes: 60},
  "30d": {label: "Last 30 days", hours: 720, interval: "1d", minutes: 1440}
};
const GROUPS = [["tool", "Tool"], ["persona", "Persona"], ["caller", "Caller"], ["connection", "Connection"]];

export async function show(page, parameters) {
  const chosen = TIMES[parameters.time] ? parameters.time : "1h";
  const by = GROUPS.some(([name]) => name === parameters.by) ? parameters.by : "tool";
  const times = select("time", Object.entries(TIMES).map(([name, one]) => [name, one.label]), chosen);
  const plots = el("div", {});
  const groups = el("section", {class: "card"});
  const open = change => {
    location.hash = "#/overview?" + new URLSearchParams({time: chosen, by, ...change});
  };
  times.addEventListener("change", () => open({time: times.value}));
  replace(page,
    el("div", {class: "bar"}, field("Time", times),
      button("Refresh", () => dispatchEvent(new Event("hashchange"))),
      el("span", {class: "soft"}, `Times are in ${zone}.`)),
    plots, groups);
  await Promise.all([drawPlots(plots, chosen), drawGroups(groups, chosen, by, open)]);
}

async function drawPlots(place, chosen) {
  const {interval, minutes} = TIMES[chosen];
  const {figures, since, until} = await get("audit/stats", {since: chosen, interval});
  const points = spread(figures, since, until, minutes);
  const sum = name => figures.reduce((all, one) => all + one[name], 0);
  const perMinute = name => points.map(one => one.figure ? one.figure[name] / minutes : 0);
  const slow = name => points.map(one => one.figure && one.figure[name] !== null ? one.figure[name] : null);
  const times = points.map(one => one.time);
  const day = minutes === 1440;
  replace(place,
    el("div", {class: "tiles"},
      tile("Calls", count(sum("calls")), link({time: chosen === "6h" ? "24h" : chosen})),
      tile("Refusals", count(sum("refusals")), link({time: chosen === "6h" ? "24h" : chosen, outcome: "denied"})),
      tile("Failed calls", count(sum("errors")), link({time: chosen === "6h" ? "24h" : chosen, outcome: "error"})),
      tile("Calls per minute, on average", short(sum("calls") / (TIMES[chosen].hours * 60)))),
    figures.length === 0 && note("info", el("p", {}, "There was no call and no refusal in this time.")),
    el("div", {class: "plots"},
      plot("Calls per minute", times, [{name: "calls", kind: "a", bars: true, values: perMinute("calls")}], short, day),
      plot("Refusals and failed calls per minute", times, [
        {name: "refusals", kind: "c", bars: true, values: perMinute("refusals")},
        {name: "failed", kind: "d", bars: true, values: perMinute("errors")}], short, day),
      plot("Time taken by calls", times, [
        {name: "p95: 95 % of calls took at most", kind: "b", values: slow("p95_micros")},
        {name: "p50: half of calls took at most", kind: "a", values: slow("p50_micros")}], duration, day)));
}

/** The server leaves out intervals without rows; the plot shows them as zero. */
function spread(figures, since, until, minutes) {
  const step = minutes * 60000;
  const known = new Map(figures.map(one => [Date.parse(one.time), one]));
  const points = [];
  for (let time = Math.floor(Date.parse(since) / step) * step; time < Date.parse(until); time += step) {
    points.push({time, figure: known.get(time)});
  }
  return points;
}

function tile(label, value, href) {
  return el(href ? "a" : "div", {class: "tile", href}, el("span", {class: "soft"}, label), el("strong", {}, value));
}

async function drawGroups(place, chosen, by, open) {
  const tabs = el("div", {class: "bar", role: "group", "aria-label": "Group by"}, GROUPS.map(([name, label]) =>
    button(label, () => open({by: name}), {"aria-pressed": String(name === by)})));
  const rows = el("div", {});
  replace(place, el("h2", {}, "Calls by"), tabs, rows);
  try {
    const {figures} = await get("audit/stats", {since: chosen, interval: TIMES[chosen].hours > 24 ? "1d" : "1h", by});
    const groups = totals(figures, by);
    const most = Math.max(1, ...groups.map(one => one.calls));
    replace(rows, groups.length === 0 ? el("p", {class: "soft"}, "None in this time.")
      : table("Calls by " + by, [
        {title: GROUPS.find(([name]) => name === by)[1], cell: one => el("a", {href: target(by, one, chosen)}, one.name || one.group)},
        {title: "Calls", kind: "number", cell: one => count(one.calls)},
        {title: "Share", kind: "share", cell: one =>
          el("meter", {min: "0", max: String(most), value: String(one.calls), "aria-label": one.calls + " calls"})},
        {title: "Refusals", kind: "number", cell: one => count(one.refusals)},
        {title: "Failed", kind: "number", cell: one => count(one.errors)},
        {title: "Highest p95", kind: "number nowrap", cell: one => duration(one.slowest)}
      ], groups));
  } catch (error) {
    if (error.status === 401 || error.status === 403) {
      throw error;
    }
    replace(rows, failure(error));
  }
}

/** Counts add up; percentiles do not, so the highest of the intervals is shown. */
function totals(figures, by) {
  const groups = new Map();
  for (const one of figures.filter(figure => figure[by])) {
    const sum = groups.get(one[by]) || {group: one[by], name: one.name, calls: 0, refusals: 0, errors: 0, slowest: null};
    sum.calls += one.calls;
    sum.refusals += one.refusals;
    sum.errors += one.errors;
    sum.slowest = one.p95_micros === null ? sum.slowest : Math.max(sum.slowest || 0, one.p95_micros);
    groups.set(one[by], sum);
  }
  return [...groups.values()].sort((a, b) => b.calls - a.calls || b.refusals - a.refusals);
}

function target(by, one, chosen) {
  return link({time: chosen === "6h" ? "24h" : chosen, [by === "caller" ? "identity" : by]: one.group});
}
