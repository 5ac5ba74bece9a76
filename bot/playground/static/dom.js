/** Building DOM nodes: data only ever becomes text or attributes, never markup. */

const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "indeterminate", "tabIndex", "hidden"]);
const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with its properties and children; `onclick`-like keys are listeners, `data` goes to the dataset.
 * Empty children (null, undefined, false) are left out.
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) assign(node, key, value);
  node.append(...kept(children));
  return node;
}

function assign(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (key === "class") node.className = value;
  else if (key === "data") Object.assign(node.dataset, value);
  else if (PROPERTIES.has(key)) node[key] = value;
  else node.setAttribute(key, value === true ? "" : value);
}

/** Children without the empty ones, flat. */
export function kept(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replace everything inside `node`. */
export function fill(node, ...children) {
  node.replaceChildren(...kept(children));
  return node;
}

/** Make these the children of `parent`, in order, without moving those that stand right: a moved node loses its focus. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let cursor = parent.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
}

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address when following it is harmless, else null: a `javascript:` link must stay dead text. */
export function safeHref(address) {
  try {
    return SAFE_SCHEMES.has(new URL(address, location.href).protocol) ? address : null;
  } catch {
    return null;
  }
}

/** A link that opens elsewhere, or only its label when the address is not safe. */
export function link(address, ...label) {
  const href = safeHref(address);
  if (href === null) return h("span", { class: "dead-link" }, label);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);
}

/**
 * An inline drawing from path data; decorative unless `label` says what it means. A shape's `words` are its text, its
 * `hint` what a pointer over it shows.
 */
export function drawing(shapes, { size = 16, width = size, height = size, box = "0 0 20 20", label = null, className = "icon" } = {}) {
  const svg = vector("svg", { viewBox: box, width, height, class: className });
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  svg.append(...shapes.map(({ tag = "path", ...attributes }) => vector(tag, attributes)));
  return svg;
}

function vector(tag, { words, hint, ...attributes }) {
  const shape = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) shape.setAttribute(key, value);
  if (words !== undefined) shape.textContent = words;
  if (hint !== undefined) shape.append(vector("title", { words: hint }));
  return shape;
}

/** Seconds since the epoch as the reader's clock shows it. */
export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/** Seconds since the epoch as the reader's calendar and clock show it. */
export function fullTime(seconds) {
  return new Date(seconds * 1000).toLocaleString([], { dateStyle: "full", timeStyle: "medium" });
}
