/** Predict, then reveal: the learner commits to a point and a confidence before the result shows. */
import { confidenceControl, OF_TWO } from "../shared/confidence";
import { h, unbroken, uniqueId } from "../shared/dom";
import { drawLine } from "./number_line";
import type { PredictionSpec, StoredPrediction } from "./types";

/** Write a position on the axis as precisely as a learner can choose one. */
export function written(value: number, { step }: PredictionSpec): string {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}

export interface Question {
  readonly node: HTMLFormElement;
  destroy(): void;
}

/** Return the form that asks; `answer` receives what was committed. */
export function ask(spec: PredictionSpec, answer: (given: StoredPrediction) => void): Question {
  const point = createPoint(spec);
  const within = `How sure are you that it ends within ${written(spec.tolerance, spec)} of your point?`;
  const confidence = confidenceControl(within, OF_TWO);
  const problem = h("p", { class: "pg-ask-problem", role: "alert" });
  const commit = (event: Event): void => {
    event.preventDefault();
    const percent = confidence.chosen();
    if (!point.placed()) return complain(problem, "Place your point first.", point.input);
    if (percent === null) return complain(problem, "Say how sure you are.", confidence.first);
    answer(record(spec, Number(point.input.value), percent));
  };
  const skip = (): void => answer(record(spec, null, null));
  const promptId = uniqueId("ask");
  const node = h(
    "form",
    { class: "pg-ask", novalidate: true, "aria-labelledby": promptId, onsubmit: commit },
    h("p", { class: "pg-kicker" }, "Before you look"),
    h("p", { class: "pg-ask-prompt", id: promptId }, unbroken(spec.prompt)),
    point.node,
    confidence.node,
    problem,
    h(
      "div",
      { class: "pg-ask-actions" },
      h("button", { type: "submit", class: "pg-button pg-button-main" }, "Show me"),
      h("button", { type: "button", class: "pg-button pg-button-quiet", onclick: skip }, "Skip, just show me"),
    ),
  );
  return { node, destroy: point.destroy };
}

function record(spec: PredictionSpec, given: number | null, confidence: number | null): StoredPrediction {
  const { id, outcome, tolerance } = spec;
  return { id, given, skipped: given === null, confidence, outcome, tolerance };
}

function complain(problem: HTMLElement, sentence: string, focus: HTMLElement): void {
  problem.textContent = sentence;
  focus.focus();
}

interface PointControl {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  placed(): boolean;
  destroy(): void;
}

function createPoint(spec: PredictionSpec): PointControl {
  const { low, high, step, unit } = spec;
  const id = uniqueId("point");
  const shown = h("output", { class: "pg-number", for: id }, "not placed yet");
  const middle = low + step * Math.round((high - low) / 2 / step);
  const input = h("input", {
    type: "range", id, class: "pg-range pg-range-unplaced", min: low, max: high, step, value: middle,
    "aria-valuetext": "not placed yet",
  });
  const line = h("div", { class: "pg-ask-line" });
  const picture = drawLine(line, spec, []);
  const place = (): void => {
    const text = `${written(Number(input.value), spec)} ${unit}`;
    shown.textContent = text;
    input.setAttribute("aria-valuetext", text);
    input.classList.remove("pg-range-unplaced");
  };
  // Whoever means the middle presses it: a press counts although nothing moves.
  for (const event of ["input", "click"]) input.addEventListener(event, place);
  input.addEventListener("keydown", (event) => event.key === " " && place());
  const label = h("label", { for: id }, "Your prediction");
  const head = h("div", { class: "pg-control-head" }, label, shown);
  const node = h("div", { class: "pg-control" }, head, input, line);
  const placed = (): boolean => !input.classList.contains("pg-range-unplaced");
  return { node, input, placed, destroy: picture.destroy };
}

export interface Outcome {
  readonly node: HTMLElement;
  destroy(): void;
}

/** Return the panel that shows what was predicted beside what came out. */
export function compare(spec: PredictionSpec, given: StoredPrediction, again: () => void): Outcome {
  const text = h("p", { class: "pg-outcome-text", tabindex: "-1" }, sentence(spec, given));
  const line = h("div", { class: "pg-outcome-line" });
  const marks = given.given === null ? [] : [
    { value: given.given, label: `you: ${written(given.given, spec)}`, hollow: true },
    { value: spec.outcome, label: `came out: ${written(spec.outcome, spec)}`, hollow: false },
  ];
  const picture = marks.length ? drawLine(line, spec, marks) : null;
  const label = given.skipped ? "Predict after all" : "Predict again";
  const button = h("button", { type: "button", class: "pg-button pg-button-quiet", onclick: again }, label);
  const node = h("div", { class: "pg-outcome" }, text, picture ? line : null, button);
  return { node, destroy: () => picture?.destroy() };
}

/** Say in words how far the prediction was from what came out. */
export function sentence(spec: PredictionSpec, { given, confidence }: StoredPrediction): string {
  const out = written(spec.outcome, spec);
  if (given === null) return `You skipped the prediction. It came out at ${out} (${spec.unit}).`;
  const off = Math.abs(spec.outcome - given);
  const distance = written(off, spec);
  const side = spec.outcome < given ? "lower" : "higher";
  const place = distance === "0" ? "exactly there" : `${distance} ${side}`;
  const verdict = off <= spec.tolerance ? "It did." : "It did not.";
  const belief = `You gave ${confidence ?? 0}\u00a0% that it would end within ${written(spec.tolerance, spec)} of your point. ${verdict}`;
  return `You predicted ${written(given, spec)}. It came out at ${out}: ${place}. ${confidence === null ? "" : belief}`.trim();
}
