/** Links that carry an explorer's settings: `?boat-race.episodes=50&boat-race.reward=goal`. */
import { h, setText } from "../shared/dom";
import type { PageModel } from "../shared/model";
import type { ExplorerSpec, ExplorerTraits, ParameterSpec, Values } from "./types";

type Model = PageModel<ExplorerTraits & Record<string, unknown>>;

/** What the address of the page asks of an explorer. */
export interface Asked {
  readonly values: Values;
  /** A sentence for each thing that it asks in vain. */
  readonly problems: readonly string[];
}

const LONGEST = 40; // letters of somebody else's text that are repeated
const OK = "The link is on your clipboard.";
const REFUSED = "Your browser keeps its clipboard closed. Copy the link from this field.";

/** Return the values that `search` asks for; what is not on offer stays as it is by default. */
export function readLink({ slug, parameters }: ExplorerSpec, search: string): Asked {
  const values = Object.fromEntries(parameters.map((one) => [one.name, one.default]));
  const problems: string[] = [];
  for (const [key, text] of new URLSearchParams(search)) {
    if (!key.startsWith(`${slug}.`)) continue;
    const name = key.slice(slug.length + 1);
    const parameter = parameters.find((one) => one.name === name);
    const index = parameter ? indexOf(parameter, text) : -1;
    if (!parameter) problems.push(unknownName(name, parameters));
    else if (index < 0) problems.push(notOnOffer(parameter, text));
    else values[name] = index;
  }
  return { values, problems };
}

function indexOf({ values }: ParameterSpec, text: string): number {
  const isNumber = text.trim() !== "" && Number.isFinite(Number(text));
  return values.findIndex((value) =>
    typeof value === "number" ? isNumber && value === Number(text) : value === text);
}

function notOnOffer({ label, labels, values, default: index }: ParameterSpec, text: string): string {
  const offer = typeof values[0] === "number"
    ? `steps from ${labels[0]} to ${labels[labels.length - 1]}`
    : values.join(", ");
  return `The link asks for “${label}” at ${quoted(text)}, which is not on offer (${offer}). ` +
    `You see ${labels[index]} instead.`;
}

function unknownName(name: string, parameters: readonly ParameterSpec[]): string {
  const known = parameters.map((one) => one.name).join(", ");
  return `The link sets ${quoted(name)}, which this picture does not have (${known}). ` +
    "It was left out.";
}

function quoted(text: string): string {
  return `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`;
}

/** Return the address of the page with the settings of this explorer in it. */
export function linkTo(spec: ExplorerSpec, values: Values, anchor: string): string {
  const address = new URL(location.href);
  for (const key of [...address.searchParams.keys()]) {
    if (key.startsWith(`${spec.slug}.`)) address.searchParams.delete(key);
  }
  for (const { name, values: offered, default: index } of spec.parameters) {
    address.searchParams.set(`${spec.slug}.${name}`, String(offered[values[name] ?? index]));
  }
  address.hash = anchor;
  return address.href;
}

/** Return what the address asked in vain, if anything, and a button that makes such an address. */
export function createLinkBar(model: Model, problems: readonly string[], anchor: string): HTMLElement {
  const said = h("span", { role: "status" });
  const field = h("input", { type: "text", readonly: true, hidden: true, "aria-label": "Link" });
  const copy = async (): Promise<void> => {
    const link = linkTo(model.get("spec"), model.get("values"), anchor);
    const copied = await write(link);
    field.hidden = copied;
    field.value = link;
    if (!copied) field.select();
    setText(said, copied ? OK : REFUSED);
  };
  model.on("change:values", () => setText(said, ""));
  return h("div", { class: "pg-link" },
    ...problems.map((problem) => h("p", { class: "pg-link-problem" }, problem)),
    h("button", { type: "button", class: "pg-button pg-button-quiet", onclick: () => void copy() },
      "Copy a link to these settings"), said, field);
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or a page that is not served over HTTPS
  }
}
