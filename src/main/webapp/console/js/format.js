// Writes times and numbers for people.

const two = number => String(number).padStart(2, "0");

/** In the time zone of the browser; the title has the instant itself. */
export function timeText(iso) {
  const date = new Date(iso);
  return `${dayText(date)} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export function dayText(date) {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function clockText(date) {
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function time(iso) {
  const node = document.createElement("time");
  node.dateTime = iso;
  node.title = iso;
  node.textContent = timeText(iso);
  return node;
}

export function duration(micros) {
  if (micros === null || micros === undefined) {
    return "";
  }
  if (micros < 1000) {
    return micros + " µs";
  }
  return micros < 1e6 ? short(micros / 1000) + " ms" : short(micros / 1e6) + " s";
}

/** Whole numbers from 100 on, and two digits that matter below. */
export function short(number) {
  return number >= 100 || Number.isInteger(number) ? Math.round(number).toLocaleString("en") : String(Number(number.toPrecision(2)));
}

export function count(number) {
  return number.toLocaleString("en");
}

/** TOOL_CALL as "tool call". */
export function words(name) {
  return name.toLowerCase().replaceAll("_", " ");
}

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
