/** Scales, ticks and titles that curves and planes share. */
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear, scaleLog, type ScaleLinear, type ScaleLogarithmic } from "d3-scale";
import { select } from "d3-selection";
import { LINE_HEIGHT } from "./labels";
import type { Role } from "./types";

export type Scale = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;
type Range = readonly [number, number];

/** The title of an axis, broken into lines; a role lends it its colour. */
export interface AxisTitle {
  readonly lines: readonly string[];
  readonly role: Role;
}

/** A number on an axis. */
export interface Tick {
  readonly node: SVGTextElement;
  readonly value: number;
}

/** Below a plot stand the ticks' numbers and the title under them. */
export const BELOW = 46;
const TITLE_AT = 40;
const TICK_WIDTH = 90; // pixels for one number on the axis along
const POWER_WIDTH = 40; // powers are short
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Return the scale of an axis. */
export function scaleOf(kind: "linear" | "log", domain: Range, range: Range): Scale {
  return kind === "log" ? scaleLog(domain, range) : scaleLinear(domain, range);
}

/** Draw both axes with rules behind the plot and titles at their ends; return the lower ticks. */
export function drawAxes(
  axes: SVGGElement,
  x: Scale,
  y: Scale,
  titles: { readonly x: AxisTitle; readonly y: AxisTitle },
  upright = false,
): readonly Tick[] {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const along = alongAxis(x).tickPadding(8);
  axes.replaceChildren();
  const root = select(axes);
  const across = axisLeft<number>(y).ticks(5).tickSize(left - right).tickPadding(8);
  const rules = root.append("g").attr("class", "pg-axis pg-axis-y");
  rules.attr("transform", `translate(${left},0)`).call(across);
  rules.selectAll<SVGGElement, number>(".tick").classed("pg-zero", (value) => value === 0);
  const below = root.append("g").attr("class", `pg-axis pg-axis-x${upright ? " pg-upright" : ""}`)
    .attr("transform", `translate(0,${bottom})`)
    .call(upright ? along.tickSize(top - bottom) : along.tickSizeInner(6).tickSizeOuter(0));
  below.selectAll<SVGGElement, number>(".tick").classed("pg-zero", (value) => value === 0);
  root.append("text").attr("class", titleClass(titles.x)).attr("text-anchor", "end")
    .attr("x", right).attr("y", bottom + TITLE_AT).text(titles.x.lines.join(" "));
  titles.y.lines.forEach((text, i) =>
    root.append("text").attr("class", titleClass(titles.y)).attr("y", LINE_HEIGHT * (i + 1) - 4).text(text));
  const ticks: Tick[] = [];
  below.selectAll<SVGTextElement, number>(".tick text")
    .each(function remember(value) { ticks.push({ node: this, value }); });
  return ticks;
}

function titleClass({ role }: AxisTitle): string {
  return `pg-axis-title pg-mark-${role}`;
}

function alongAxis(x: Scale): ReturnType<typeof axisBottom<number>> {
  const [left = 0, right = 0] = x.range();
  const axis = axisBottom<number>(x);
  if (!("base" in x)) return axis.ticks(Math.max(2, Math.round((right - left) / TICK_WIDTH)));
  const [low = 1, high = 10] = x.domain();
  const ticks = powers([low, high], Math.max(2, Math.floor((right - left) / POWER_WIDTH)));
  return axis.tickValues(ticks).tickFormat(short);
}

/** Return powers of ten, or of two on a short axis, at most `most` of them. */
export function powers([low, high]: Range, most: number): number[] {
  const base = high / low >= 100 ? 10 : 2;
  const exponent = (value: number): number => Math.log(value) / Math.log(base);
  const first = Math.ceil(exponent(low) - 1e-9);
  const last = Math.floor(exponent(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / most));
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return all.filter((power) => power % stride === 0).map((power) => base ** power);
}

/** Write a power of ten or two as briefly as it reads: 0.01, 1, 64, 1,024, 10k, 1M, 10⁻⁴. */
export function short(value: number): string {
  if (value < 0.0009) return `10⁻${SUPERSCRIPTS[Math.round(-Math.log10(value))] ?? ""}`;
  if (value < 1) return String(Number(value.toPrecision(3)));
  if (value % 1e6 === 0) return `${value / 1e6}M`;
  if (value % 1000 === 0) return `${value / 1000}k`;
  return value.toLocaleString("en");
}
