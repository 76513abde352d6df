// The credential and its caller. They are in the memory of this page only: reload, sign-out and 401 forget them.

const IDLE_MINUTES = 30;

// the longest time that a timer of browsers can have
const LONGEST_TIMER = 2147483647;

// how soon the server is asked once more about a credential whose end is past, because clocks differ
const AGAIN_MILLIS = 5000;

let credential = "";
let caller = null;
let idle = 0;
let due = 0;
let ended = () => {};
let ending = () => {};

/** listener(reason, expired): expired tells what has expired and when, if that is why the session ended. */
export function onEnd(listener) {
  ended = listener;
}

/** listener: asks the server whether it still accepts the credential, whose end is reached. */
export function onDue(listener) {
  ending = listener;
}

export function begin(text, whoami) {
  credential = text;
  update(whoami);
  watch();
}

export function update(whoami) {
  caller = whoami;
  watchEnd();
}

function expires() {
  return caller && caller.expires_at ? Date.parse(caller.expires_at) : Infinity;
}

function watchEnd() {
  clearTimeout(due);
  const left = expires() - Date.now();
  if (left < Infinity) {
    const wait = left > 0 ? left + 500 : AGAIN_MILLIS;
    due = setTimeout(() => wait > LONGEST_TIMER ? watchEnd() : ending(), Math.min(wait, LONGEST_TIMER));
  }
}

/** reason: what the person reads on the sign-in page. */
export function end(reason) {
  if (credential) {
    const expired = reason.status === 401 && expires() <= Date.now()
      && {what: caller.authentication === "oidc" ? "token" : "key", at: caller.expires_at};
    credential = "";
    caller = null;
    clearTimeout(idle);
    clearTimeout(due);
    ended(reason, expired);
  }
}

export function header() {
  return credential ? {Authorization: "Bearer " + credential} : {};
}

export function who() {
  return caller;
}

export function may(permission) {
  return caller !== null && caller.permissions.includes(permission);
}

function watch() {
  clearTimeout(idle);
  if (credential) {
    idle = setTimeout(() => end({message: `You were signed out after ${IDLE_MINUTES} minutes without input.`}),
      IDLE_MINUTES * 60000);
  }
}

for (const sign of ["pointerdown", "keydown"]) {
  addEventListener(sign, watch, {passive: true});
}
