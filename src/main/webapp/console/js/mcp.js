// Asks /mcp by revision 2026-07-28: each request stands for itself, without a session.

import {origin} from "./api.js";

const REVISION = "2026-07-28";
const META = "io.modelcontextprotocol/";

let last = 0;

/** An answer of JSON-RPC that is an error. */
export class RpcError extends Error {
  constructor(error) {
    super(error.message);
    this.title = "Error " + error.code;
  }
}

/** All tools that exist for the caller. */
export async function tools() {
  const found = [];
  let cursor;
  do {
    const page = await request("tools/list", cursor ? {cursor} : {});
    found.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

/** headers: arguments that are repeated in headers. trace: 32 hexadecimal digits, which the audit row gets. */
export async function call(name, args, headers, trace, signal) {
  return request("tools/call", {name, arguments: args}, {"Mcp-Name": encoded(name), ...headers}, trace, signal);
}

/** A value for a header, as the specification encodes it. */
export function encoded(value) {
  if (/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !value.startsWith("=?")) {
    return value;
  }
  return "=?base64?" + btoa(String.fromCharCode(...new TextEncoder().encode(value))) + "?=";
}

/** So many random hexadecimal digits. */
export function digits(count) {
  return [...crypto.getRandomValues(new Uint8Array(count / 2))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

async function request(method, params, headers, trace, signal) {
  const id = ++last;
  const meta = {
    [META + "protocolVersion"]: REVISION,
    [META + "clientInfo"]: {name: "console", version: "1"},
    [META + "clientCapabilities"]: {},
    ...(trace && {traceparent: `00-${trace}-${digits(16)}-01`})
  };
  const answer = await origin("mcp", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": REVISION,
      "Mcp-Method": method,
      ...headers
    },
    body: JSON.stringify({jsonrpc: "2.0", id, method, params: {...params, _meta: meta}}),
    signal
  });
  const found = response(await answer.text(), answer.headers.get("Content-Type") || "", id);
  if (found.error) {
    throw new RpcError(found.error);
  }
  return found.result;
}

/** The response among the messages of an answer: one document, or events. */
function response(text, type, id) {
  const messages = type.startsWith("text/event-stream")
    ? text.split(/\r?\n\r?\n/).map(data).filter(Boolean)
    : [text];
  const found = messages.map(one => JSON.parse(one)).find(one => one.id === id && (one.result || one.error));
  if (!found) {
    throw new Error("The connection ended before the answer. Try again.");
  }
  return found;
}

function data(event) {
  return event.split(/\r?\n/).filter(line => line.startsWith("data:")).map(line => line.slice(5).trimStart()).join("\n");
}
