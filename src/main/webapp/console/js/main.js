// The frame: which page is shown, and what the navigation offers.

import {el, failure, replace, say} from "./dom.js";
import {get} from "./api.js";
import * as session from "./session.js";
import * as signin from "./signin.js";
import * as account from "./account.js";
import * as overview from "./overview.js";
import * as live from "./live.js";
import * as audit from "./audit.js";
import * as tools from "./tools.js";
import * as personas from "./personas.js";
import * as keys from "./keys.js";
import * as sessions from "./sessions.js";
import * as configuration from "./configuration.js";

const PAGES = [
  {path: "overview", title: "Overview", permission: "audit:read", page: overview},
  {path: "live", title: "Live", permission: "events:read", page: live},
  {path: "audit", title: "Audit", permission: "audit:read", page: audit},
  {path: "tools", title: "Tools", permission: "mcp:connect", page: tools},
  {path: "personas", title: "Personas", permission: "personas:read", page: personas},
  {path: "keys", title: "Keys", permission: "keys:manage", page: keys},
  {path: "sessions", title: "Sessions", permission: "platform:admin", page: sessions},
  {path: "configuration", title: "Configuration", permission: "platform:admin", page: configuration},
  {path: "account", title: "You", page: account}
];

const main = document.getElementById("main");
let shown = 0;

function offered() {
  return PAGES.filter(one => !one.permission || session.may(one.permission));
}

function asked() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  return {path, parameters: Object.fromEntries(new URLSearchParams(query || ""))};
}

function showNavigation(current) {
  const nav = document.getElementById("nav");
  const who = document.getElementById("who");
  nav.hidden = who.hidden = !session.who();
  if (!session.who()) {
    replace(nav);
    replace(who);
    return;
  }
  replace(nav, offered().map(one => el("a", {
    href: "#/" + one.path,
    "aria-current": one === current ? "page" : undefined
  }, one.title)));
  replace(who,
    el("span", {class: "name"}, session.who().name),
    el("button", {type: "button", id: "sign-out", onclick: () => session.end({})}, "Sign out"));
}

async function show() {
  const mine = ++shown;
  document.querySelectorAll("dialog").forEach(dialog => dialog.remove());
  if (!session.who()) {
    showNavigation();
    signin.show(main, {}, show);
    return;
  }
  const {path, parameters} = asked();
  const current = PAGES.find(one => one.path === path) || offered()[0];
  showNavigation(current);
  document.title = current.title + " - Console";
  const page = el("div", {class: "page " + current.path, "aria-busy": "true"});
  const heading = el("h1", {tabindex: "-1"}, current.title);
  replace(main, heading, page);
  heading.focus({preventScroll: true});
  scrollTo(0, 0);
  if (!offered().includes(current)) {
    replace(page, el("p", {}, `This page needs the permission ${current.permission}, which your persona does not have.`));
  } else {
    try {
      await current.page.show(page, parameters);
    } catch (error) {
      await failed(page, error, mine);
    }
  }
  page.removeAttribute("aria-busy");
  if (mine === shown) {
    say(current.title + " is shown.");
  }
}

/** After a 403 the persona may be another one: then other pages are offered. */
async function failed(page, error, mine) {
  if (!session.who()) {
    return;
  }
  replace(page, failure(error));
  if (error.status === 403) {
    session.update(await get("whoami").catch(() => session.who()));
    if (mine === shown) {
      showNavigation();
    }
  }
}

session.onEnd((reason, expired) => {
  shown++;
  document.querySelectorAll("dialog").forEach(dialog => dialog.remove());
  showNavigation();
  signin.show(main, reason, show, expired);
});
session.onDue(async () => session.update(await get("whoami").catch(() => session.who())));

document.getElementById("skip").addEventListener("click", event => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", show);
show();
