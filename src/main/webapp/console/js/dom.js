// Makes elements. A child that is no node becomes text, so text of the server is never markup.

export function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (name === "value") {
      node.value = value;
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat(2).filter(child => child !== undefined && child !== null && child !== false));
  return node;
}

export function replace(node, ...children) {
  node.replaceChildren(...children.flat(2).filter(child => child !== undefined && child !== null && child !== false));
}

/** Tells screen readers what has changed. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

export function badge(text, kind) {
  return el("span", {class: "badge " + kind}, text);
}

export function note(kind, ...children) {
  return el("div", {class: "note " + kind, role: kind === "bad" ? "alert" : undefined}, ...children);
}

/** What failed, with the server's words and the request id that its log has. */
export function failure(error) {
  const details = (error.errors || []).map(one => el("li", {},
    [one.parameter || one.member, one.found && "found " + one.found, one.expected && "expected " + one.expected]
      .filter(Boolean).join(": ")));
  return note("bad",
    el("p", {}, el("strong", {}, error.title || "This did not work"), ". ", error.message),
    details.length > 1 && el("ul", {}, details),
    error.requestId && el("p", {class: "soft"}, "Request id ", el("code", {}, error.requestId)));
}

export function button(label, onclick, more) {
  return el("button", {type: "button", onclick, ...more}, label);
}

/** A label with its control. */
export function field(label, control, hint) {
  const id = control.id || "f" + (++fields);
  control.id = id;
  if (hint) {
    control.setAttribute("aria-describedby", id + "-hint");
  }
  return el("div", {class: "field"}, el("label", {for: id}, label), control,
    hint && el("small", {id: id + "-hint", class: "soft"}, hint));
}

let fields = 0;

export function select(name, options, chosen) {
  return el("select", {name}, options.map(([value, label]) =>
    el("option", {value, selected: value === chosen}, label)));
}

/** A list of terms; a value that is empty is left out. */
export function facts(pairs) {
  return el("dl", {class: "facts"}, pairs
    .filter(([, value]) => value !== undefined && value !== null && value !== "" && value.length !== 0)
    .map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))));
}

/** Words as small marks. */
export function chips(words, kind) {
  return el("span", {class: "chips"}, words.map(word => el("span", {class: "chip " + (kind || "")}, word)));
}

/** columns: title, cell(row), and kind for the class of the cell. */
export function table(caption, columns, rows, rowAttributes) {
  const captionId = "t" + (++fields);
  return el("div", {class: "scroll", role: "region", "aria-labelledby": captionId, tabindex: "0"}, el("table", {},
    el("caption", {id: captionId, class: "unseen"}, caption),
    el("thead", {}, el("tr", {}, columns.map(column => el("th", {scope: "col", class: column.kind}, column.title)))),
    el("tbody", {}, rows.map(row => el("tr", rowAttributes ? rowAttributes(row) : {},
      columns.map(column => el("td", {class: column.kind}, column.cell(row))))))));
}
