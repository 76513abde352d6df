// A dialog with a form that changes something on the server.

import {button, el, failure, replace} from "./dom.js";
import * as session from "./session.js";

/** act: does the work and returns what is shown then, or null to close. */
export function dialog(title, body, verb, act, done, kind) {
  const result = el("div", {});
  const submit = el("button", {type: "submit", class: kind || "primary"}, verb);
  const form = el("form", {"aria-label": title}, body, result,
    el("div", {class: "bar ends"}, button("Cancel", () => box.close()), submit));
  const box = el("dialog", {"aria-labelledby": "dialog-title"}, el("h2", {id: "dialog-title"}, title), form);
  let changed = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const shown = await act(form);
      changed = true;
      if (shown === null) {
        box.close();
      } else {
        const close = button("Done", () => box.close());
        replace(form, shown, el("div", {class: "bar ends"}, close));
        // Escape must not lose a key that was not copied yet
        box.addEventListener("cancel", pressed => pressed.preventDefault());
        form.querySelector("button").focus();
      }
    } catch (error) {
      replace(result, failure(error));
      submit.disabled = false;
    }
  });
  box.addEventListener("close", () => {
    box.remove();
    if (changed && session.who()) {
      // a failure ends the session or is shown when the page is opened again
      done().catch(error => document.querySelector(".page").prepend(failure(error))).then(() => {
        // the control that opened the dialog was drawn again
        if (document.activeElement === document.body) {
          document.querySelector("h1").focus();
        }
      });
    }
  });
  document.body.append(box);
  box.showModal();
}
