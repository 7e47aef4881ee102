/** Things on a map besides the walker, such as a box that is pushed. */
import { s, setShown } from "../shared/dom";
import { glide, type Geometry } from "./map";
import { letter } from "./signs";

export interface Moving {
  readonly node: SVGGElement;
  /** Take another path; a cell that is not a number means that it is not there. */
  follow(path: ArrayLike<number>): void;
  /** Show a moment; `time` may lie between two steps. */
  show(time: number): void;
}

/** Return the thing called `name`, drawn as its first letter. */
export function createMover(name: string, map: Geometry): Moving {
  const node = s("g", { class: "pg-mover" }, moverToken(name, map.size));
  let cells: ArrayLike<number> = [];
  return {
    node,
    follow: (path) => (cells = path),
    show(time): void {
      const at = glide(cells, time, map);
      setShown(node, at !== null);
      if (at) node.setAttribute("transform", `translate(${at.x.toFixed(2)},${at.y.toFixed(2)})`);
    },
  };
}

/** Return what stands for a thing called `name`. */
export function moverToken(name: string, size: number): SVGGElement {
  return letter(name.slice(0, 1).toUpperCase(), size, "pg-crate");
}
