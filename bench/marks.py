"""Scripts that run before the page's own and write down when something was on the screen."""

from __future__ import annotations

import json

DRAWN = """
window.benchDrawn = new Promise((drawn, failed) => {
  const wanted = %s;
  const look = () => {
    if (performance.now() > %d) return failed(new Error(`${wanted} did not appear`));
    if (!document.querySelector(wanted)) return requestAnimationFrame(look);
    // The frame that is being prepared shows it; this message is delivered after that frame.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => drawn(performance.now());
    channel.port2.postMessage(0);
  };
  requestAnimationFrame(look);
});
"""

PAINTED = """
(() => {
  window.benchPaint = {};
  const keep = (name, value) => { window.benchPaint[name] = value; };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) {
      keep("first", entry.startTime);
    }
  }).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) keep("largest", entry.startTime);
  }).observe({ type: "largest-contentful-paint", buffered: true });
  let shift = 0;
  keep("shift", 0);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shift += entry.value;
    keep("shift", shift);
  }).observe({ type: "layout-shift", buffered: true });
})();
"""

SLIDES = """
(() => {
  window.benchSlides = [];
  const channel = new MessageChannel();
  let now = null;
  // Capture at the window runs before every listener of the page, bubbling at it after them.
  addEventListener("input", (event) => {
    now = { at: event.timeStamp, started: performance.now(), handled: 0, frame: 0 };
    requestAnimationFrame(() => { now.frame = performance.now(); channel.port2.postMessage(0); });
  }, true);
  addEventListener("input", () => { now.handled = performance.now(); });
  channel.port1.onmessage = () => {
    const painted = performance.now();
    window.benchSlides.push({
      work: (now.handled - now.started) + (painted - now.frame),
      whole: painted - now.at,
    });
  };
})();
"""


SLID = """
(count) => new Promise((slid, failed) => {
  const look = () => {
    if (window.benchSlides.length > count) return slid();
    if (performance.now() > 120000) return failed(new Error("the slider does not answer"));
    requestAnimationFrame(look);
  };
  look();
})
"""


def when_drawn(selector: str, patience: int) -> str:
    """Return the script whose promise ``benchDrawn`` holds once a frame showed `selector`.

    It gives up after `patience` milliseconds.
    """
    return DRAWN % (json.dumps(selector), patience)
