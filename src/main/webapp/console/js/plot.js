// A plot over time as SVG: bars or lines, with a scale, a readout under the pointer, and the figures as a table.

import {el, replace, svg, table} from "./dom.js";
import {clockText, dayText, timeText} from "./format.js";

const HEIGHT = 170;
const LEFT = 58;
const BOTTOM = 24;
const TOP = 10;
const ROUND_MINUTES = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 7200, 14400];

/** series: name, kind (its colour), bars, values (null where there is none). day: each value is one of a day. */
export function plot(title, times, series, write, day) {
  const readout = el("p", {class: "readout soft"}, "\u00a0");
  const frame = el("div", {class: "frame"});
  const figure = el("figure", {class: "card plot"},
    el("figcaption", {}, el("strong", {}, title), el("span", {class: "legend"}, series.length > 1 && series.map(one =>
      el("span", {class: "key " + one.kind}, one.name)))),
    frame, readout, figures(title, times, series, write));
  new ResizeObserver(entries => {
    const width = Math.round(entries[0].contentRect.width);
    if (width > LEFT * 2) {
      replace(frame, drawn(title, width, times, series, write, day, readout));
    }
  }).observe(frame);
  return figure;
}

function drawn(title, width, times, series, write, day, readout) {
  const top = scaleEnd(Math.max(...series.flatMap(one => one.values.map(value => value || 0))));
  const step = (width - LEFT) / times.length;
  const x = index => LEFT + step * index;
  const y = value => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const cursor = svg("rect", {class: "cursor", y: TOP, width: Math.max(step, 1), height: HEIGHT - TOP - BOTTOM, x: -99});
  const picture = svg("svg", {width, height: HEIGHT, role: "img", "aria-label": title + ", as a plot. The table below has the figures."},
    [0, top / 2, top].map(value => [
      svg("line", {class: "grid", x1: LEFT, x2: width, y1: y(value), y2: y(value)}),
      svg("text", {x: LEFT - 8, y: y(value) + 4, "text-anchor": "end"}, value === 0 ? "0" : write(value))]),
    labels(times, width, step, day).map(([index, text]) => svg("text", {x: x(index) + (interval(times) > 3600000 ? step / 2 : 0), y: HEIGHT - 6, "text-anchor": "middle"}, text)),
    cursor,
    series.map((one, number) => one.bars ? bars(one, number, series.length, x, y, step) : line(one, x, y, step)));
  const point = event => {
    const index = Math.floor((event.clientX - picture.getBoundingClientRect().left - LEFT) / step);
    if (index >= 0 && index < times.length) {
      cursor.setAttribute("x", x(index));
      readout.textContent = timeText(times[index]).slice(0, day ? 10 : 16) + ": "
        + series.map(one => `${series.length > 1 ? one.name + " " : ""}${text(one.values[index], write)}`).join(", ");
    }
  };
  picture.addEventListener("pointermove", point);
  picture.addEventListener("pointerleave", () => {
    cursor.setAttribute("x", -99);
    readout.textContent = "\u00a0";
  });
  return picture;
}

function bars(one, number, all, x, y, step) {
  const gap = step > 6 ? 2 : 0;
  const width = Math.max((step - gap) / all, 0.8);
  return svg("g", {class: "bars " + one.kind}, one.values.map((value, index) => value
    ? svg("rect", {x: x(index) + gap / 2 + number * width, width, y: Math.min(y(value), y(0) - 1), height: Math.max(y(0) - y(value), 1)})
    : null));
}

/** A value without neighbours is a dot, and a gap in the values is a gap in the line. */
function line(one, x, y, step) {
  const place = (value, index) => `${(x(index) + step / 2).toFixed(1)} ${y(value).toFixed(1)}`;
  let path = "";
  const dots = [];
  one.values.forEach((value, index) => {
    if (value === null) {
      return;
    }
    const before = index > 0 && one.values[index - 1] !== null;
    const after = index + 1 < one.values.length && one.values[index + 1] !== null;
    path += (before ? "L" : "M") + place(value, index);
    if (!before && !after) {
      dots.push(svg("circle", {cx: x(index) + step / 2, cy: y(value), r: 3}));
    }
  });
  return svg("g", {class: "lines " + one.kind}, svg("path", {d: path}), dots);
}

/** The next of 1, 2, 5, 10, ... */
function scaleEnd(highest) {
  if (highest <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map(one => one * power).find(one => one >= highest * 0.999);
}

function interval(times) {
  return times.length > 1 ? times[1] - times[0] : 60000;
}

/** Labels at round times of the clock, or at days. */
function labels(times, width, step, day) {
  const each = interval(times);
  const round = ROUND_MINUTES.map(minutes => minutes * 60000).find(one => one >= each && one / each * step >= 70)
    || each * Math.ceil(70 / step);
  return times.map((time, index) => {
    const date = new Date(time);
    const local = time - (day ? 0 : date.getTimezoneOffset() * 60000);
    return [index, local % round === 0, local % 86400000 === 0 ? dayText(date).slice(5) : clockText(date)];
  }).filter(([index, isRound]) => isRound && step * index > 20 && LEFT + step * index < width - 20)
    .map(([index, , text]) => [index, text]);
}

function text(value, write) {
  return value === null ? "none" : value === 0 ? "0" : write(value);
}

/** Made when it is opened: a thousand rows cost time. */
function figures(title, times, series, write) {
  const details = el("details", {}, el("summary", {}, "Figures"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      details.append(table(title, [
        {title: "From", kind: "nowrap", cell: index => timeText(times[index])},
        ...series.map(one => ({title: one.name, kind: "number", cell: index => text(one.values[index], write)}))
      ], times.map((time, index) => index).filter(index => series.some(one => one.values[index])).reverse()));
    }
  });
  return details;
}
