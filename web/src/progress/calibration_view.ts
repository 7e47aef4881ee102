/** Confidence against what happened, as a picture and in words. */

import { h, s } from "../shared/dom";
import { type Calibration, type Level, calibrate, calibrationSentence } from "./calibration";
import { statements } from "./evidence";
import type { Done } from "./overview";

const SIZE = 260;
const LEFT = 44;
const BOTTOM = 38;
const TOP = 12;
const RIGHT = 14;
const TICKS = [0, 25, 50, 75, 100];
const FEWEST = 5; // a picture of fewer statements shows chance

function x(percent: number): number {
  return LEFT + ((SIZE - LEFT - RIGHT) * percent) / 100;
}

function y(percent: number): number {
  return SIZE - BOTTOM - ((SIZE - BOTTOM - TOP) * percent) / 100;
}

function share({ hits, made }: Level): number {
  return (100 * hits) / made;
}

function levelWords(level: Level): string {
  const { confidence, made, hits } = level;
  return `Of ${made} at about ${confidence.toFixed(0)} % sure, ${hits} came true.`;
}

function axes(): SVGElement[] {
  const lines = TICKS.flatMap((tick) => [
    s("text", { x: x(tick), y: SIZE - BOTTOM + 16, "text-anchor": "middle" }, tick),
    s("text", { x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end" }, tick),
  ]);
  return [
    s("path", { class: "pg-calibration-frame", d: `M${x(0)} ${y(100)}V${y(0)}H${x(100)}` }),
    s("path", { class: "pg-calibration-ideal", d: `M${x(0)} ${y(0)}L${x(100)} ${y(100)}` }),
    ...lines,
    s("text", { x: x(50), y: SIZE - 4, "text-anchor": "middle" }, "how sure you were, %"),
    s("text", { transform: `translate(11 ${y(50)}) rotate(-90)`, "text-anchor": "middle" }, "came true, %"),
  ];
}

/** The area of a dot grows with the number of statements behind it. */
function dot(level: Level): SVGElement {
  const radius = Math.min(14, 3 + 1.6 * Math.sqrt(level.made));
  const place = { cx: x(level.confidence), cy: y(share(level)), r: radius };
  return s("circle", { class: "pg-calibration-dot", ...place }, s("title", null, levelWords(level)));
}

function picture({ levels }: Calibration): HTMLElement {
  const drawing = s(
    "svg",
    { viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img", "aria-label": levels.map(levelWords).join(" ") },
    ...axes(),
    ...levels.map(dot),
  );
  const caption =
    "On the dashed line, what you are 75 % sure of comes true three times in four. Dots below it: " +
    "surer than right. A larger dot stands for more answers.";
  return h("figure", { class: "pg-calibration" }, drawing, h("figcaption", null, caption));
}

/** Predictions, and answers in reviews and forms, against how sure the learner was. */
export function calibrationView({ predictions, events }: Done): HTMLElement | null {
  const found = calibrate(statements(predictions.values(), events));
  if (!found) return null;
  return h(
    "section",
    null,
    h("h2", null, "How well you know what you know"),
    h("p", null, calibrationSentence(found)),
    found.made >= FEWEST && picture(found),
  );
}
