// One stream of audit rows: by a one-time ticket, as browsers open event streams, and where that is refused by the header.

import {address, post, stream} from "./api.js";

const NAMES = ["ready", "audit", "position", "gap", "shutdown"];

/**
 * Returns when the stream has ended, and throws if the server refuses it. last: the id of the last event that was read;
 * wanted: whether the page is still shown; on: takes each event, with its name, data, id and retry.
 */
export async function watch(parameters, last, wanted, on) {
  const leaving = new AbortController();
  const look = setInterval(() => wanted() || leaving.abort(), 500);
  try {
    const issued = await post("stream-tickets").catch(() => null);
    const opened = issued && await byTicket(
      address("events", {...parameters, ticket: issued.ticket, last_event_id: last}), leaving.signal, on);
    // browsers do not tell why a stream was refused; this answer tells it, or is the stream, such as where the ticket came to
    // another server than its own
    if (!opened && wanted()) {
      await byHeader(parameters, last, leaving.signal, on);
    }
  } finally {
    clearInterval(look);
  }
}

/** Whether the stream was opened. */
function byTicket(url, leaving, on) {
  return new Promise(done => {
    let opened = false;
    const source = new EventSource(url);
    const end = () => {
      source.close();
      done(opened);
    };
    source.addEventListener("open", () => {
      opened = true;
    });
    for (const name of NAMES) {
      source.addEventListener(name, event => on({event: name, data: event.data, id: event.lastEventId}));
    }
    // the ticket is used up, so that the browser's own attempts would be refused
    source.addEventListener("error", end);
    leaving.addEventListener("abort", end);
  });
}

async function byHeader(parameters, last, leaving, on) {
  const answer = await stream("events", parameters, last, leaving);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let event = {};
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (text + part.value).split("\n");
    text = lines.pop();
    for (const line of lines) {
      event = take(line.replace(/\r$/, ""), event, on);
    }
  }
}

/** One line of the stream; an empty one completes the event. */
function take(line, event, on) {
  if (line === "") {
    on(event);
    return {};
  }
  const colon = line.indexOf(":");
  if (colon > 0) {
    event[line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, "");
  }
  return event;
}
