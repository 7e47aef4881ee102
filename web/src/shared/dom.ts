/** Build DOM nodes from plain data. Text is always text, never HTML. */

type AttributeValue = string | number | boolean | null | undefined | EventListener;
export type Attributes = Readonly<Record<string, AttributeValue>>;
export type Child = Node | string | number | null | undefined | false;

const SVG = "http://www.w3.org/2000/svg";

function apply(element: Element, attributes: Attributes | null): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
}

/**
 * Create an HTML element: `h("button", { type: "button", onclick: stop }, "Stop")`.
 *
 * `null`, `undefined` and `false` leave an attribute or a child out; `true` sets an empty
 * attribute; a function under `on…` becomes a listener.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes | null = null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, attributes);
  append(element, children);
  return element;
}

/** Create an SVG element; same rules as `h`. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes | null = null,
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  apply(element, attributes);
  append(element, children);
  return element;
}

/** Write `text` into `node` unless it stands there already: what is the same costs no layout. */
export function setText(node: Element, text: string): void {
  const known = node.firstChild;
  if (known instanceof Text && !known.nextSibling) {
    if (known.data !== text) known.data = text; // the same node: nothing is built anew
  } else if (node.textContent !== text) node.textContent = text;
}

/** Keep a per cent sign on the line of its number. */
export function unbroken(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00a0%");
}

/** Show or hide an element that keeps its place in the document. */
export function setShown(node: SVGElement | HTMLElement, shown: boolean): void {
  const display = shown ? "" : "none";
  if (node.style.display !== display) node.style.display = display;
}

/** Set an attribute unless it has that value already. */
export function setAttribute(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

// A notebook loads this module once for every widget: a counter alone would repeat itself.
const instance = Math.random().toString(36).slice(2, 8);
let lastId = 0;

/** Return an id that no other element of this page has. */
export function uniqueId(prefix: string): string {
  lastId += 1;
  return `pg-${prefix}-${instance}-${lastId}`;
}
