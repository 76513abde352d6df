// The credential and its caller. They are in the memory of this page only: reload, sign-out and 401 forget them.

const IDLE_MINUTES = 30;

let credential = "";
let caller = null;
let idle = 0;
let ended = () => {};

export function onEnd(listener) {
  ended = listener;
}

export function begin(text, whoami) {
  credential = text;
  caller = whoami;
  watch();
}

export function update(whoami) {
  caller = whoami;
}

/** reason: what the person reads on the sign-in page. */
export function end(reason) {
  if (credential) {
    credential = "";
    caller = null;
    clearTimeout(idle);
    ended(reason);
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
