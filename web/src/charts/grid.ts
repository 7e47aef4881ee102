/** A map with a walker that follows its path, and other things that move or change, while counters run. */
import { s } from "../shared/dom";
import { createCounters } from "./counters";
import { createFaces, type ChangingTiles } from "./faces";
import { chart, frame, onWidth } from "./frame";
import { drawGround } from "./ground";
import { drawLegend } from "./legend";
import { geometry } from "./map";
import { createMover, type Moving } from "./movers";
import { createPlayer, type Player } from "./player";
import { numbers } from "./series";
import { createTrail, type Trail } from "./trail";
import type { Chart, GridOptions, GridView, SeriesMap } from "./types";
import { createWalker, type Walker } from "./walker";

const SMALLEST = 340; // pixels across, where the page has them
const LARGEST = 460; // pixels across and down
const CELL = 46;
const SEEN = 0.6; // share of a map on the screen from which on it plays by itself

/** Everything on the map that is not the map; drawn once for a width, then moved. */
interface Scene {
  readonly trail: Trail;
  readonly walker: Walker;
  readonly movers: readonly Moving[];
  readonly faces: readonly ChangingTiles[];
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
  let scene: Scene | null = null;
  let shown = series;
  const show = (time: number): void => {
    if (scene) showScene(scene, time);
    counters.show(Math.floor(time));
  };
  const stepped = (step: number): void => options.announce?.(counters.sentence(step));
  const player = createPlayer(cellsOf(series, view).length - 1, { show, stepped });
  const draw = (width: number): void => {
    scene = drawScene(svg, view, shown, width);
    follow(scene, view, shown);
    show(player.time);
  };
  const update = (next: SeriesMap): void => {
    const [before, path] = [cellsOf(shown, view), cellsOf(next, view)];
    shown = next;
    if (String(path) !== String(before)) player.restart(path.length - 1);
    counters.load(next);
    if (scene) follow(scene, view, next);
    show(player.time);
  };
  counters.load(series);
  framed.body.append(svg, counters.node, player.node, drawLegend(view));
  framed.body.style.maxWidth = `${widest(view.art)}px`;
  const stopWidth = onWidth(framed.body, draw);
  return chart(framed, update, stopWidth, watch(svg, player, options.autoplay ?? false), () => player.destroy());
}

/** Return how wide a map is shown at most: small maps are not blown up, tall ones fit a screen. */
function widest(art: readonly string[]): number {
  const columns = art[0]?.length ?? 1;
  const across = Math.min(LARGEST, Math.max(SMALLEST, columns * CELL));
  return Math.round(Math.min(across, (LARGEST * columns) / art.length));
}

/** Return the cells that the walker visits; it rests where its path ends. */
export function cellsOf(series: SeriesMap, view: GridView): number[] {
  return [...numbers(series, view.path)].filter(Number.isFinite).map(Math.round);
}

function drawScene(svg: SVGSVGElement, view: GridView, series: SeriesMap, width: number): Scene {
  const map = geometry(view.art, width);
  const path = cellsOf(series, view);
  const scene: Scene = {
    trail: createTrail(path, map),
    walker: createWalker(view.walker, path, map),
    movers: (view.movers ?? []).map(({ name }) => createMover(name, map)),
    faces: (view.faces ?? []).map((faces) => createFaces(faces, view.art, map)),
  };
  const covered = new Set((view.faces ?? []).map(({ tile }) => tile));
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", map.height.toFixed(0));
  svg.replaceChildren(
    drawGround(view, map, covered), ...scene.faces.map(({ node }) => node), scene.trail.node,
    ...scene.movers.map(({ node }) => node), scene.walker.node,
  );
  return scene;
}

function follow(scene: Scene, view: GridView, series: SeriesMap): void {
  const path = cellsOf(series, view);
  scene.trail.follow(path);
  scene.walker.follow(path);
  scene.movers.forEach((mover, i) => mover.follow(numbers(series, view.movers?.[i]?.path ?? "")));
  scene.faces.forEach((faces, i) => faces.follow(numbers(series, view.faces?.[i]?.series ?? "")));
}

function showScene({ trail, walker, movers, faces }: Scene, time: number): void {
  trail.show(Math.floor(time));
  walker.show(time);
  for (const mover of movers) mover.show(time);
  for (const changing of faces) changing.show(Math.floor(time));
}

/** Play once when the map is first seen, and stand still while nobody can see it. */
function watch(target: Element, player: Player, autoplay: boolean): () => void {
  let fresh = autoplay;
  const observer = new IntersectionObserver(
    (entries) => {
      const last = entries.at(-1);
      if (!last) return;
      player.hold(!last.isIntersecting);
      if (!fresh || last.intersectionRatio < SEEN) return;
      fresh = false;
      player.autoplay();
    },
    { threshold: [0, SEEN] },
  );
  observer.observe(target);
  return () => observer.disconnect();
}
