// Asks the REST endpoints. The credential is in a header, never in an address.

import * as session from "./session.js";

const ROOT = new URL("../../", import.meta.url);
const API = new URL("api/v1/", ROOT);

/** An answer that is no success: the members of its problem document. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail || "The server answered with status " + status + ".");
    this.status = status;
    this.title = document.title || "";
    this.requestId = document.request_id || "";
    this.errors = document.errors || [];
  }
}

export function address(path, parameters) {
  const url = new URL(path, API);
  for (const [name, value] of Object.entries(parameters || {})) {
    if (value) {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

export async function get(path, parameters) {
  return (await send(address(path, parameters), {})).json();
}

/** An event stream. last: the id of the last event that was read; empty to begin now. */
export async function stream(path, parameters, last, signal) {
  const headers = {Accept: "text/event-stream", ...(last && {"Last-Event-ID": last})};
  return send(address(path, parameters), {headers, signal});
}

export async function post(path, body) {
  const answer = await send(address(path), {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify(body)
  });
  return answer.json();
}

export async function remove(path) {
  await send(address(path), {method: "DELETE"});
}

/** An address beside the REST endpoints. */
export async function origin(path, options) {
  return send(new URL(path, ROOT), options);
}

/** Asks with a credential that is not the session's yet. */
export async function whoami(credential) {
  return (await checked(await ask(address("whoami"), {headers: {Authorization: "Bearer " + credential}}))).json();
}

/** The whole answer as a file. */
export async function download(path, parameters, name) {
  const answer = await send(address(path, parameters), {});
  let content;
  try {
    content = await answer.blob();
  } catch (cut) {
    throw new Error("The file ended before its end; nothing was saved. Try again, or ask for less time.");
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function send(url, options) {
  const sent = session.header();
  const answer = await ask(url, {...options, headers: {...options.headers, ...sent}});
  try {
    return await checked(answer);
  } catch (problem) {
    // an answer to the session before this one does not end this one
    if (problem.status === 401 && session.header().Authorization === sent.Authorization) {
      session.end(problem);
    }
    throw problem;
  }
}

async function ask(url, options) {
  try {
    return await fetch(url, {cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", ...options});
  } catch (unreachable) {
    throw new Error("The server cannot be reached. Check that it runs and that this machine is connected.");
  }
}

async function checked(answer) {
  if (answer.ok) {
    return answer;
  }
  let document = {};
  try {
    document = await answer.json();
  } catch (none) {
    // a proxy may answer with a page
  }
  throw new Problem(answer.status, document);
}
