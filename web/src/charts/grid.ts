/** A map with a walker that follows its path while counters run. */
import { h, s, setText } from "../shared/dom";
import { chart, frame, onWidth } from "./frame";
import { drawMap, geometry, type Geometry } from "./map";
import { createPlayer, type Player } from "./player";
import { formatNumber, numbers, spanOf } from "./series";
import { createTrail, type Trail } from "./trail";
import type { Chart, GridOptions, GridView, Line, SeriesMap } from "./types";
import { createWalker, type Walker } from "./walker";

const WIDEST = 340;

/** What depends on the width alone. */
interface Ground {
  readonly map: Geometry;
  readonly moving: SVGGElement;
}

interface Scene {
  readonly trail: Trail;
  readonly walker: Walker;
}

/** Draw `view` into `el`: the end of the path first, so that the whole trail is visible. */
export function drawGrid(
  el: HTMLElement,
  view: GridView,
  series: SeriesMap,
  options: GridOptions = {},
): Chart {
  const framed = frame(el, view, options);
  const svg = s("svg", { role: "img", "aria-label": framed.alt });
  const counters = createCounters(view);
  let ground: Ground | null = null;
  let scene: Scene | null = null;
  const show = (time: number): void => {
    scene?.trail.show(Math.floor(time));
    scene?.walker.show(time);
    counters.show(Math.floor(time));
  };
  const stepped = (step: number): void => options.announce?.(counters.sentence(step));
  let path = cellsOf(series, view);
  const player = createPlayer(path.length - 1, { show, stepped });
  const populate = (): void => {
    if (ground) scene = drawScene(ground, view, path);
    show(player.time);
  };
  const draw = (width: number): void => {
    ground = drawGround(svg, view, Math.min(WIDEST, width));
    populate();
  };
  const update = (next: SeriesMap): void => {
    const before = path;
    path = cellsOf(next, view);
    player.resize(path.length - 1);
    counters.load(next);
    if (String(path) === String(before)) show(player.time);
    else populate();
  };
  counters.load(series);
  framed.body.append(svg, counters.node, player.node, legend(view));
  const stopWidth = onWidth(framed.body, draw);
  const stopSeen = options.autoplay ? whenSeen(svg, player) : (): void => undefined;
  return chart(framed, update, stopWidth, stopSeen, () => player.destroy());
}

function drawGround(svg: SVGSVGElement, view: GridView, width: number): Ground {
  const map = geometry(view.art, width);
  const moving = s("g");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", map.height.toFixed(0));
  svg.replaceChildren(drawMap(view.art, map), moving);
  return { map, moving };
}

/** Return the cells that the walker visits. */
function cellsOf(series: SeriesMap, view: GridView): number[] {
  return [...numbers(series, view.path)].filter(Number.isFinite).map(Math.round);
}

function drawScene({ map, moving }: Ground, view: GridView, path: readonly number[]): Scene {
  const trail = createTrail(path, map);
  const walker = createWalker(view.walker, path, map);
  moving.replaceChildren(trail.node, walker.node);
  return { trail, walker };
}

function whenSeen(target: Element, player: Player): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      player.autoplay();
    },
    { threshold: 0.6 },
  );
  observer.observe(target);
  return () => observer.disconnect();
}

interface Counters {
  readonly node: HTMLElement;
  load(series: SeriesMap): void;
  show(step: number): void;
  sentence(step: number): string;
}

function createCounters(view: GridView): Counters {
  const cells = view.counters.map((line) => h("dd", { class: `pg-number pg-swatch-label pg-mark-${line.role}` }));
  const step = h("dd", { class: "pg-number" });
  const rows = view.counters.map((line, i) => h("div", null, swatch(line), cells[i]));
  const node = h("dl", { class: "pg-counters" }, h("div", null, h("dt", null, "step"), step), ...rows);
  let values: Float64Array[] = [];
  let steps = 0;
  const read = (i: number, at: number): string => {
    const counter = values[i] ?? new Float64Array();
    return formatNumber(counter[at] ?? Number.NaN, spanOf(counter));
  };
  return {
    node,
    load(series): void {
      values = view.counters.map((line) => numbers(series, line.series));
      steps = cellsOf(series, view).length - 1;
    },
    show(at): void {
      setText(step, `${at} of ${steps}`);
      cells.forEach((cell, i) => setText(cell, read(i, at)));
    },
    sentence(at): string {
      const parts = view.counters.map((line, i) => `${line.label} ${read(i, at)}`);
      return `Step ${at} of ${steps}: ${parts.join(", ")}.`;
    },
  };
}

/** A label with a piece of its line before it. */
function swatch(line: Line): HTMLElement {
  const sample = s("svg", { class: "pg-swatch", width: 26, height: 10, "aria-hidden": "true" },
    s("path", { class: `pg-line pg-mark-${line.role}`, d: "M0,5H26" }));
  return h("dt", { class: `pg-swatch-label pg-mark-${line.role}` }, sample, line.label);
}

function legend(view: GridView): HTMLElement {
  const signs = Object.entries(view.legend).filter(([cells]) => cells !== "#");
  const items = signs.map(([cells, meaning]) => h("li", null, sign(cells), meaning));
  return h("ul", { class: "pg-legend" }, ...items);
}

function sign(cells: string): SVGSVGElement {
  const picture = s("svg", { width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" });
  const arrow = /[<>v^]/.test(cells);
  if (arrow) picture.append(
    s("rect", { class: "pg-tile", x: -8, y: -8, width: 16, height: 16, rx: 2.5 }),
    s("path", { class: "pg-arrow", d: "M-3,-4L0.5,0L-3,4M1,-4L4.5,0L1,4" }));
  else picture.append(s("circle", { class: "pg-place", r: 7 }));
  return picture;
}
