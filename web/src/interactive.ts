/**
 * The one module that draws explorers and labs, in a page and in a kernel (Anywidget Front-End
 * Module). The host provides the model; see `presentation/explorer.py` for the traits.
 */
import type { AnyModel, Render } from "@anywidget/types";
import { renderExplorer } from "./explorer/render";
import type { ExplorerTraits } from "./explorer/types";
import { renderLab } from "./lab/render";
import type { LabTraits } from "./lab/types";

/**
 * Keep keys without a modifier to the control that has the focus.
 *
 * A notebook in command mode takes them for itself: arrow keys would not move a slider, and "x"
 * would cut the cell.
 */
function keepPlainKeys(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.stopPropagation();
}

const render: Render = ({ model, el }) => {
  el.classList.add("pg-interactive");
  el.addEventListener("keydown", keepPlainKeys);
  const kind: unknown = model.get("kind");
  if (kind === "explorer") return renderExplorer(model as AnyModel<ExplorerTraits>, el);
  if (kind === "lab") return renderLab(model as AnyModel<LabTraits>, el);
  throw new Error(`interactive.mjs draws explorers and labs, not '${String(kind)}'.`);
};

export default { render };
