// A plot over time: bars or lines, with a readout under the pointer, and the figures as a table.

import uPlot from "../lib/uplot-1.6.30/uPlot.esm.js";
import {el, table} from "./dom.js";
import {clockText, dayText, timeText} from "./format.js";

const LEAST_WIDTH = 120;
const DAY = 86400000;
/** Steps of the scale whose labels have two digits at most. */
const STEPS = Array.from({length: 17}, (none, index) => 10 ** (index - 4)).flatMap(power => [power, 2 * power, 5 * power]);

/**
 * series: name (behind a colon what it means), kind (its colour), bars, values (null where there is none).
 * day: each value is one of a day in UTC.
 */
export function plot(title, times, series, write, day) {
  const frame = el("div", {class: "frame", role: "img", "aria-label": title + ", as a plot. The table below has the figures."});
  const readout = el("p", {class: "readout soft"}, "\u00a0");
  const figure = el("figure", {class: "card plot"},
    el("figcaption", {}, el("strong", {}, title), el("span", {class: "legend"}, series.length > 1 && series.map(one =>
      el("span", {class: "key " + one.kind}, one.name)))),
    frame, readout, figures(title, times, series, write, day));
  const read = index => {
    readout.textContent = index === null || index === undefined ? "\u00a0" : from(times[index], day) + ": "
      + series.map(one => `${series.length > 1 ? one.name.split(":")[0] + " " : ""}${text(one.values[index], write)}`).join(", ");
  };
  keepDrawn(frame, size => new uPlot(options(size, frame, times, series, write, day, read), data(times, series, day), frame));
  return figure;
}

/** Drawn for the width that there is and in the colours of the scheme, for as long as the page shows it. */
function keepDrawn(frame, draw) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const recolour = () => drawn.redraw(true);
  let drawn = null;
  new ResizeObserver(([{contentRect}]) => {
    const size = {width: Math.floor(contentRect.width), height: Math.floor(contentRect.height)};
    if (size.width < LEAST_WIDTH) {
      // the page has gone, and with it what listens for it
      dark.removeEventListener("change", recolour);
      drawn?.destroy();
      drawn = null;
    } else if (drawn) {
      drawn.setSize(size);
    } else {
      drawn = draw(size);
      dark.addEventListener("change", recolour);
    }
  }).observe(frame);
}

function options(size, frame, times, series, write, day, read) {
  const font = "12px " + getComputedStyle(frame).fontFamily;
  const bars = series.some(one => one.bars);
  const span = interval(times);
  const first = times[0] - (day ? span / 2 : 0);
  return {
    ...size,
    ms: 1,
    padding: [8, 20, 0, 0],
    legend: {show: false},
    tzDate: time => day ? uPlot.tzDate(new Date(time), "Etc/UTC") : new Date(time),
    cursor: {
      y: false,
      drag: {x: false, y: false},
      points: bars ? {show: false} : {size: 8},
      sync: {key: "plots"},
      move: (drawn, left, top) => [left < 0 ? left : drawn.valToPos(drawn.data[0][drawn.posToIdx(left)], "x"), top]
    },
    scales: {x: {range: [first, first + span * times.length]}, y: {range: [0, highest(series)]}},
    axes: [
      {font, stroke: colour("soft"), space: 64, size: 22, gap: 4, grid: {show: false}, ticks: {show: false},
        values: (drawn, splits) => splits.map(time => label(time, day))},
      {font, stroke: colour("soft"), space: 26, size: 58, gap: 6, incrs: STEPS, grid: {stroke: colour("line"), width: 1},
        ticks: {show: false}, values: (drawn, splits) => splits.map(value => text(value, write))}
    ],
    series: [{}, ...series.map((one, number) => one.bars ? asBars(one, number, series.length, span) : asLine(one))],
    hooks: {setCursor: [drawn => read(drawn.cursor.idx)]}
  };
}

/** Each value is in the middle of its minute or hour, or over the label of its day. */
function data(times, series, day) {
  const least = highest(series) / 120;
  return [times.map(time => time + (day ? 0 : interval(times) / 2)), ...series.map(one =>
    // one refusal beside a thousand is seen too
    one.bars ? one.values.map(value => value ? Math.max(value, least) : null) : one.values)];
}

function asBars(one, number, all, span) {
  const width = span * 0.8 / all;
  return {width: 0, fill: colour("plot-" + one.kind), points: {show: false}, paths: uPlot.paths.bars({disp: {
    x0: {unit: 1, values: drawn => drawn.data[0].map(middle => middle + (number - all / 2) * width)},
    size: {unit: 1, values: () => [width]}
  }})};
}

/** A gap in the values is a gap in the line, and a value without neighbours is a dot. */
function asLine(one) {
  const alone = one.values.map((value, index) => index).filter(index => isValue(one.values[index])
    && !isValue(one.values[index - 1]) && !isValue(one.values[index + 1]));
  const stroke = colour("plot-" + one.kind);
  return {width: 2, stroke, points: {show: true, filter: () => alone, size: 6, width: 0, stroke, fill: stroke}};
}

function isValue(value) {
  return value !== null && value !== undefined;
}

/** The colour of that name of the style sheet, read each time it is drawn. */
function colour(name) {
  return () => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

/** The end of the scale, a little above the highest value. */
function highest(series) {
  return Math.max(...series.flatMap(one => one.values.map(value => value || 0))) * 1.08 || 1;
}

function interval(times) {
  return times.length > 1 ? times[1] - times[0] : 60000;
}

function label(time, day) {
  const date = new Date(time);
  const local = time - date.getTimezoneOffset() * 60000;
  return day ? date.toISOString().slice(5, 10) : local % DAY === 0 ? dayText(date).slice(5) : clockText(date);
}

function from(time, day) {
  return day ? new Date(time).toISOString().slice(0, 10) + " (UTC)" : timeText(time).slice(0, 16);
}

function text(value, write) {
  return value === null ? "none" : value === 0 ? "0" : write(value);
}

/** Made when it is opened: a thousand rows cost time. */
function figures(title, times, series, write, day) {
  const details = el("details", {}, el("summary", {}, "Figures"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      details.append(table(title, [
        {title: "From", kind: "nowrap", cell: index => from(times[index], day)},
        ...series.map(one => ({title: one.name, kind: "number", cell: index => text(one.values[index], write)}))
      ], times.map((time, index) => index).filter(index => series.some(one => one.values[index])).reverse()));
    }
  });
  return details;
}
