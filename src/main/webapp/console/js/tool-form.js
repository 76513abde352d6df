// A form for the arguments of a tool, by its input schema.

import {el, field, select} from "./dom.js";
import {encoded} from "./mcp.js";

const LONG = 256;

/** What is wrong with an input, said beside it. */
export class InputFault extends Error {
  constructor(control, message) {
    super(message);
    this.title = "Check the input";
    this.control = control;
  }
}

/** fields: elements to show. read(): the arguments, and the headers that repeat some of them. */
export function toolForm(schema) {
  const required = new Set(schema.required || []);
  const inputs = Object.entries(schema.properties || {}).map(([name, given]) => input(name, given, required.has(name)));
  return {
    fields: inputs.map(one => one.shown),
    read() {
      const args = {};
      const headers = {};
      for (const one of inputs) {
        const value = one.value();
        if (value === undefined) {
          continue;
        }
        args[one.name] = value;
        if (one.header) {
          headers["Mcp-Param-" + one.header] = encoded(String(value));
        }
      }
      return {args, headers};
    }
  };
}

function input(name, given, isRequired) {
  const schema = given === true || given === false ? {} : given;
  const known = control(name, schema, isRequired);
  const label = isRequired ? name : name + " (optional)";
  return {
    name,
    header: schema["x-mcp-header"],
    value: known.value,
    shown: wide(field(label, known.control, hint(schema, known.isJson)), known.control)
  };
}

function wide(shown, input) {
  if (input.localName === "textarea") {
    shown.classList.add("wide");
  }
  return shown;
}

function hint(schema, isJson) {
  return [
    schema.description && schema.description.replace(/[^.!?]$/, "$&."),
    isJson && "As JSON.",
    schema.default !== undefined && `Default: ${JSON.stringify(schema.default)}.`
  ].filter(Boolean).join(" ");
}

function control(name, schema, isRequired) {
  const type = kind(schema);
  if (schema.enum) {
    return choice(name, schema.enum.map(value => [JSON.stringify(value), String(value)]), isRequired);
  }
  if (type === "boolean") {
    return choice(name, [["true", "true"], ["false", "false"]], isRequired);
  }
  if (type === "integer" || type === "number") {
    return number(name, schema, type, isRequired);
  }
  if (type === "string") {
    return text(name, schema, isRequired);
  }
  return json(name, isRequired);
}

/** The one type of a value beside null; empty if there are several. */
function kind(schema) {
  const types = [schema.type].flat().filter(type => type && type !== "null");
  return types.length === 1 ? types[0] : "";
}

function choice(name, options, isRequired) {
  const node = select(name, [...(isRequired ? [] : [["", "not given"]]), ...options], "");
  return {control: node, value: () => node.value === "" ? undefined : JSON.parse(node.value)};
}

function number(name, schema, type, isRequired) {
  const node = el("input", {type: "number", name, required: isRequired, step: type === "integer" ? "1" : "any",
    min: schema.minimum, max: schema.maximum, autocomplete: "off"});
  return {control: node, value: () => node.value === "" ? undefined : Number(node.value)};
}

function text(name, schema, isRequired) {
  const common = {name, required: isRequired, autocomplete: "off", spellcheck: "false", maxlength: schema.maxLength};
  const isLong = name === "sql" || schema.maxLength > LONG;
  const node = isLong ? el("textarea", {...common, rows: "5"}) : el("input", {type: "text", ...common});
  return {control: node, value: () => node.value === "" && !isRequired ? undefined : node.value};
}

function json(name, isRequired) {
  const node = el("textarea", {name, required: isRequired, rows: "2", spellcheck: "false", autocomplete: "off"});
  return {
    control: node,
    isJson: true,
    value() {
      if (node.value.trim() === "") {
        return undefined;
      }
      try {
        return JSON.parse(node.value);
      } catch (fault) {
        throw new InputFault(node, `${name} is not valid JSON: write for example [1, "two"] or {"a": true}.`);
      }
    }
  };
}
