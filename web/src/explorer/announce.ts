/** Say things to a screen reader, politely: the last sentence, once the learner has paused. */
import { h } from "../shared/dom";

export interface Announcer {
  readonly node: HTMLElement;
  say(sentence: string): void;
  destroy(): void;
}

const PAUSE = 500; // milliseconds

export function createAnnouncer(): Announcer {
  const node = h("p", { class: "pg-unseen", role: "status", "aria-live": "polite" });
  let timer = 0;
  return {
    node,
    say(sentence): void {
      clearTimeout(timer);
      timer = window.setTimeout(() => (node.textContent = sentence), PAUSE);
    },
    destroy: () => clearTimeout(timer),
  };
}
