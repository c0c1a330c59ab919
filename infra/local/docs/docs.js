// Renders the OpenAPI files of all services as one page, with nothing but the browser.

const METHODS = ["get", "post", "put", "patch", "delete"];
const DEEPEST = 6;

/** Makes an element: attributes, then children (strings or elements; empty ones are left out). */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.flat().filter(Boolean));
  return element;
}

async function json(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

function resolve(api, node) {
  if (!node?.$ref) return node ?? {};
  return node.$ref.replace("#/", "").split("/").reduce((at, key) => at?.[key], api) ?? {};
}

function typeName(api, schema) {
  const ref = schema?.$ref?.split("/").pop();
  const target = resolve(api, schema);
  if (target.type === "array" && !ref) return `list of ${typeName(api, target.items)}`;
  const types = [target.type].flat().filter(Boolean).join(" or ");
  const choices = target.oneOf ?? target.anyOf;
  const text = ref ?? (choices ? choices.map((choice) => typeName(api, choice)).join(" or ") : types || "anything");
  return target.format ? `${text} (${target.format})` : text;
}

/** What a schema allows beyond its type, in words. */
function limits(schema) {
  const said = [];
  if (schema.enum) said.push(`one of ${schema.enum.join(", ")}`);
  for (const [key, words] of [["minLength", "at least %s characters"], ["maxLength", "at most %s characters"], ["minimum", "from %s"],
    ["maximum", "up to %s"], ["minItems", "at least %s"], ["maxItems", "at most %s"], ["pattern", "matches %s"], ["default", "%s if absent"]]) {
    if (schema[key] !== undefined) said.push(words.replace("%s", schema[key]));
  }
  return said.join("; ");
}

function schemaList(api, schema, depth = 0) {
  let target = resolve(api, schema);
  if (target.type === "array") target = resolve(api, target.items);
  if (target.allOf) target = Object.assign({}, ...target.allOf.map((part) => resolve(api, part)));
  const choices = (target.oneOf ?? target.anyOf ?? []).map((choice) => resolve(api, choice)).filter((choice) => choice.properties);
  if (depth > DEEPEST) return null;
  if (choices.length) return choices.map((choice) => schemaList(api, choice, depth + 1));
  if (!target.properties) return null;
  return el("ul", { class: "schema" }, Object.entries(target.properties).map(([name, property]) => {
    const inner = resolve(api, property);
    return el("li", {}, el("code", {}, name), " ", el("span", { class: "type" }, typeName(api, property)), " ",
      target.required?.includes(name) && el("span", { class: "required" }, "required"), " ",
      [inner.description, limits(inner)].filter(Boolean).join(" — "), schemaList(api, property, depth + 1));
  }));
}

function parameters(api, list) {
  if (!list.length) return null;
  return [el("h3", {}, "Parameters"), el("ul", { class: "schema" }, list.map((given) => {
    const parameter = resolve(api, given);
    const schema = resolve(api, parameter.schema);
    return el("li", {}, el("code", {}, parameter.name), ` in ${parameter.in} `, el("span", { class: "type" }, typeName(api, parameter.schema)), " ",
      parameter.required && el("span", { class: "required" }, "required"), " ",
      [parameter.description, limits(schema)].filter(Boolean).join(" — "));
  }))];
}

function content(api, title, body) {
  const node = resolve(api, body);
  const kinds = Object.entries(node.content ?? {});
  return [el("h3", {}, title), node.description && el("p", {}, node.description),
    kinds.map(([kind, media]) => [el("p", {}, kind, " ", el("span", { class: "type" }, typeName(api, media.schema))), schemaList(api, media.schema)]).flat(2)];
}

function operation(api, path, method, described, shared) {
  const rows = [
    described.description && el("p", {}, described.description),
    parameters(api, [...shared, ...(described.parameters ?? [])]),
    described.requestBody && content(api, "Body", described.requestBody),
    Object.entries(described.responses ?? {}).map(([status, response]) => content(api, `Answer ${status}`, response)),
  ].flat(3);
  const words = `${method} ${path} ${described.summary ?? ""} ${described.operationId ?? ""}`.toLowerCase();
  return el("details", { class: "operation", "data-words": words },
    el("summary", {}, el("span", { class: "method" }, method.toUpperCase()), el("span", { class: "path" }, path),
      el("span", { class: "summary" }, described.summary ?? described.operationId ?? "")),
    el("div", {}, rows));
}

function service(name, api) {
  const operations = Object.entries(api.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => operation(api, path, method, item[method], item.parameters ?? [])));
  return el("section", { id: name }, el("h2", {}, `${api.info?.title ?? name} ${api.info?.version ?? ""}`),
    api.info?.description && el("p", {}, api.info.description),
    el("p", {}, el("a", { href: `/openapi/${name}.json` }, `${name}.json`)), operations);
}

function filter(event) {
  const wanted = event.target.value.trim().toLowerCase();
  for (const shown of document.querySelectorAll("details.operation")) shown.hidden = !shown.dataset.words.includes(wanted);
}

async function main() {
  const names = await json("/openapi/index.json");
  document.getElementById("services").append(...names.map((name) => el("a", { href: `#${name}` }, name)));
  const sections = await Promise.all(names.map((name) => json(`/openapi/${name}.json`).then((api) => service(name, api))
    .catch((error) => el("section", { id: name }, el("h2", {}, name), el("p", {}, `Not available: ${error.message}`)))));
  document.getElementById("operations").replaceChildren(...sections);
  document.getElementById("filter").addEventListener("input", filter);
}

main();
