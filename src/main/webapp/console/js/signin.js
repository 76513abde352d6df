// The page for those who have given no credential yet.

import {el, failure, field, note, replace} from "./dom.js";
import {whoami} from "./api.js";
import {time} from "./format.js";
import * as session from "./session.js";

/**
 * When a token says that it ends, as an instant; empty if the text is no such token. This is for words on the page: the
 * server decides whether a token is accepted.
 */
function endOf(text) {
  try {
    const claims = JSON.parse(atob(text.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
    return new Date(claims.exp * 1000).toISOString();
  } catch (none) {
    return "";
  }
}

function refusal(error, credential) {
  const end = error.status === 401 && endOf(credential);
  const over = end && Date.parse(end) < Date.now();
  return [
    over && note("bad", el("p", {}, el("strong", {}, "This token expired at ", time(end), "."), " Get another one from your single sign-on.")),
    failure(error)
  ];
}

/** reason: why the last session ended; next: what is shown after the sign-in; expired: what has expired, and when. */
export function show(main, reason, next, expired) {
  document.title = "Sign in - Console";
  const input = el("input", {type: "password", name: "credential", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", required: true});
  const submit = el("button", {type: "submit", class: "primary"}, "Sign in");
  const result = el("div", {});
  if (reason.status === 401) {
    replace(result, note("bad",
      el("p", {}, el("strong", {}, "You were signed out."), expired && [" Your ", expired.what, " expired at ", time(expired.at), "."],
        " The server no longer accepts your key or token: ", reason.message),
      reason.requestId && el("p", {class: "soft"}, "Request id ", el("code", {}, reason.requestId))));
  } else if (reason.message) {
    replace(result, note("info", el("p", {}, reason.message)));
  }
  const form = el("form", {class: "card signin", "aria-labelledby": "sign-in-title"},
    el("h1", {id: "sign-in-title"}, "Sign in"),
    el("p", {class: "soft"}, "Use an API key of this server, or an access token of your single sign-on."),
    result,
    field("Key or token", input),
    submit,
    el("p", {class: "soft small"}, "It stays in the memory of this page. Sign-out, reload and closing the page forget it."));
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const credential = input.value.trim();
    // a header can have no other characters
    if (!/^[\x21-\x7e]+$/.test(credential)) {
      replace(result, note("bad", el("p", {}, "A key or a token has no spaces and only ASCII characters. Paste it again.")));
      input.focus();
      return;
    }
    submit.disabled = true;
    try {
      const caller = await whoami(credential);
      input.value = "";
      session.begin(credential, caller);
      if (caller.persona === null) {
        location.hash = "#/account";
      }
      next();
    } catch (error) {
      replace(result, refusal(error, credential));
      submit.disabled = false;
      input.select();
    }
  });
  replace(main, form);
  input.focus();
}
