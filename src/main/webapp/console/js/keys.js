// The keys: their state and last use; those made at run time can be rotated and revoked.

import {badge, button, chips, el, note, replace, table} from "./dom.js";
import {get} from "./api.js";
import {count, time, words} from "./format.js";
import {askForKey, askForRevocation, askForRotation} from "./key-forms.js";
import * as session from "./session.js";

const KINDS = {active: "good", not_yet_valid: "info", expired: "plain", revoked: "plain"};

export async function show(page) {
  await draw(page);
}

async function draw(page) {
  const {keys} = await get("keys");
  const again = () => draw(page);
  const ended = key => key.status === "revoked" || key.status === "expired";
  const current = keys.filter(key => !ended(key));
  const past = keys.filter(ended);
  replace(page,
    el("div", {class: "bar"},
      button("Create a key", () => askForKey(again), {class: "primary"}),
      el("span", {class: "soft"}, "Keys of platform.yaml are changed in that file.")),
    current.length === 0 ? note("info", el("p", {}, "There is no key that is accepted now or later."))
      : list("Keys that are accepted now or later", current, again),
    past.length > 0 && el("details", {}, el("summary", {}, `Expired and revoked keys (${past.length})`),
      list("Expired and revoked keys", past, again)));
}

function list(caption, keys, again) {
  return table(caption, [
    {title: "Name", cell: key => [el("strong", {}, key.name),
      key.description && el("div", {class: "soft small"}, key.description),
      key.email && el("div", {class: "soft small"}, key.email)]},
    {title: "Key id", kind: "nowrap", cell: key => [el("code", {}, key.key_id), own(key) && el("div", {class: "soft small"}, "signed in with it")]},
    {title: "Status", cell: key => badge(words(key.status), KINDS[key.status])},
    {title: "Roles", cell: key => chips(key.roles)},
    {title: "From", kind: "nowrap", cell: key => origin(key)},
    {title: "Valid until", kind: "nowrap", cell: key => until(key)},
    {title: "Last use", cell: key => use(key.last_used)},
    {title: "Actions", kind: "nowrap actions", cell: key => actions(key, again)}
  ], keys);
}

function own(key) {
  return session.who().authentication === "api_key" && session.who().credential_id === key.key_id;
}

function origin(key) {
  if (key.source === "file") {
    return "platform.yaml";
  }
  return [el("span", {}, key.created_by), el("div", {class: "soft small"}, time(key.created_at))];
}

function until(key) {
  return [
    key.revoked_at ? ["revoked ", time(key.revoked_at)]
      : key.expires_at ? time(key.expires_at) : el("span", {class: "soft"}, "no end"),
    key.status === "not_yet_valid" && el("div", {class: "soft small"}, "from ", time(key.not_before)),
    key.allowed_networks && el("div", {class: "soft small"}, "only from ", key.allowed_networks.join(", ")),
    key.replaced_by && el("div", {class: "soft small"}, "replaced by ", el("code", {}, key.replaced_by))
  ];
}

function use(last) {
  return last ? [time(last.at), el("div", {class: "soft small"}, `${last.address}, ${count(last.count)} in all`)]
    : el("span", {class: "soft"}, "never");
}

function actions(key, again) {
  if (key.read_only || key.status === "revoked" || key.status === "expired") {
    return el("span", {class: "soft"}, key.read_only ? "read-only" : "");
  }
  return el("span", {class: "bar"},
    !key.replaced_by && button("Rotate", () => askForRotation(key, again), {"aria-label": `Rotate ${key.name}, ${key.key_id}`}),
    button("Revoke", () => askForRevocation(key, again), {class: "danger", "aria-label": `Revoke ${key.name}, ${key.key_id}`}));
}
