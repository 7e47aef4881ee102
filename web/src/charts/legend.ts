/** What the signs of a map mean. */
import { h, s } from "../shared/dom";
import { faceSign } from "./faces";
import { moverToken } from "./movers";
import { drawSign, meaningOf } from "./signs";
import type { Faces, GridView } from "./types";
import { walkerToken } from "./walker";

const SIZE = 27; // of the tile that a sign is drawn for
const BOX = 20;

/** Return a list of the signs of `view` that stand on its map. */
export function drawLegend(view: GridView): HTMLElement {
  const changing = new Set((view.faces ?? []).map(({ tile }) => tile));
  const signs = Object.entries(view.legend).filter(([cells]) => cells !== "#" && !changing.has(cells));
  const walker = view.walker === "boat" ? [] : [item(walkerToken(view.walker, 36), view.walker)];
  const look = view.walker === "boat" ? "" : " pg-legend-room";
  return h("ul", { class: `pg-legend${look}` },
    ...walker,
    ...(view.movers ?? []).map(({ name }) => item(moverToken(name, SIZE), name)),
    ...(view.faces ?? []).flatMap((faces) => states(faces, view)),
    ...signs.map(([cells, meaning]) => item(drawSign(cells.slice(0, 1), meaning, SIZE), meaning)),
  );
}

function states({ tile, names }: Faces, { legend }: GridView): HTMLElement[] {
  const what = meaningOf(tile, legend);
  return names.map((name, state) =>
    item(faceSign(state, names.length, SIZE), what && state === 0 ? `${what}: ${name}` : name));
}

function item(sign: SVGElement, meaning: string): HTMLElement {
  const half = BOX / 2;
  const picture = s("svg", {
    width: BOX, height: BOX, viewBox: `${-half} ${-half} ${BOX} ${BOX}`, "aria-hidden": "true",
  }, sign);
  return h("li", null, picture, meaning);
}
