/** Load the module that draws explorers and labs: the very file that a kernel's widget uses. */
import type { AnyModel } from "@anywidget/types";
import { served } from "./base";

interface Interactive {
  default: {
    render(props: { model: AnyModel; el: HTMLElement }): void | (() => void);
  };
}

let failures = 0;

/**
 * Return the module.
 *
 * @throws if it cannot be fetched; the next call tries again under an address that the browser has
 * not remembered as broken.
 */
export async function interactive(): Promise<Interactive["default"]> {
  const address = served("interactive.mjs") + (failures ? `?attempt=${failures}` : "");
  try {
    const module = (await import(address)) as Interactive;
    return module.default;
  } catch (error) {
    failures += 1;
    throw error;
  }
}
