"""Toy simulations for each kind of view, whose numbers can be worked out by hand."""

from __future__ import annotations

import numpy as np

from proxygap.simulations import Curve, Faces, Grid, Line, Mark, Mover, Parameter, Plane, Simulation
from tests.presentation.builders import make_simulation

PRESSURE = Parameter("pressure", "Pressure", (0.0, 1.0, 2.0, 3.0), 1.0, unit="nats")
CALM = Parameter("mood", "Mood", ("calm", "wild"), "calm")

# --- A logarithmic axis, a marker, a band and points that are not joined -----------------------

LOG_CURVE = Curve(
    "More samples, more error", "samples",
    (Line("proxy", "what is paid", "proxy"),
     Line("truth", "what we wanted", "truth", low="truth_low", high="truth_high"),
     Line("measured", "measured", "truth", dots=True)),
    "samples (log scale)", "points", (-2.0, 10.0), x_scale="log", marker="chosen",
)  # fmt: skip


def many_samples(pressure: float, mood: str) -> dict[str, object]:
    """Return a proxy that climbs by 2 with each factor of ten and a truth that follows half."""
    samples = np.rint(10.0 ** (np.arange(17) / 4))  # 1 to 10,000
    proxy = 2 * np.log10(samples)
    truth = proxy * (0.5 if mood == "calm" else -0.25)
    measured = np.where(np.arange(17) % 4 == 0, truth + 0.3, np.nan)
    return {"samples": samples, "proxy": proxy, "truth": truth, "truth_low": truth - 0.5,
            "truth_high": truth + 0.5, "measured": measured, "chosen": 10.0**pressure,
            "last": truth[-1]}  # fmt: skip


def log_toy() -> Simulation:
    """Return the simulation that `many_samples` computes."""
    return make_simulation(
        many_samples, slug="log-toy", parameters=(PRESSURE, CALM), views=(LOG_CURVE,)
    )


# --- A plane -------------------------------------------------------------------------------------

PLANE = Plane(
    "Each point is an answer",
    (Mark("region_x", "region_y", "where both agree", "neutral", "area"),
     Mark("all_proxy", "all_truth", "all answers", "neutral", "cloud"),
     Mark("line_x", "line_y", "what we hoped for", "neutral", "line"),
     Mark("best_x", "best_y", "picked by the proxy", "proxy", "dot"),
     Mark("wanted_x", "wanted_y", "picked by the truth", "truth", "dot")),
    "proxy score", "true score", (-6.0, 6.0), (-6.0, 6.0), x_role="proxy", y_role="truth",
)  # fmt: skip
ANSWERS = 1500


def answers(pressure: float, mood: str) -> dict[str, object]:
    """Return answers on a fixed grid of quantiles; pressure adds error to their proxy score."""
    rng = np.random.default_rng(5)
    truth = rng.standard_normal(ANSWERS)
    error = pressure * rng.standard_normal(ANSWERS)
    proxy = (truth + error) if mood == "calm" else (error - truth)
    best, wanted = int(proxy.argmax()), int(truth.argmax())
    truth[3] = np.nan  # an answer that nobody scored
    return {
        "all_proxy": proxy.clip(-6, 6), "all_truth": truth, "line_x": [-6.0, 6.0],
        "line_y": [-6.0, 6.0], "region_x": [0.0, 6.0, 6.0, 0.0], "region_y": [0.0, 0.0, 6.0, 6.0],
        "best_x": [proxy.max().clip(-6, 6)], "best_y": [truth[best]],
        "wanted_x": [proxy[wanted].clip(-6, 6)], "wanted_y": [truth[wanted]],
        "last": truth[best],
    }  # fmt: skip


def plane_toy() -> Simulation:
    """Return the simulation that `answers` computes."""
    return make_simulation(answers, slug="plane-toy", parameters=(PRESSURE, CALM), views=(PLANE,))


# --- A room with a box that is pushed and tomatoes that dry --------------------------------------

ROOM = Grid(
    "A walk through the room",
    ("#######", "#S   G#", "# ## ##", "#T   T#", "#  O  #", "#T   T#", "#######"), "path",
    (Line("paid", "paid", "proxy"), Line("wanted", "wanted", "truth")), walker="robot",
    legend={"#": "wall", "S": "start", "G": "goal", "T": "tomato", "O": "bucket"},
    movers=(Mover("box", "box"),), faces=(Faces("T", "tomatoes", ("dry", "watered")),),
)  # fmt: skip
STEPS = 8
PATHS = {"calm": [8, 9, 10, 11, 12], "wild": [8, 15, 22, 23, 24, 25, 26, 33, 40]}


def errand(pressure: float, mood: str) -> dict[str, object]:
    """Return a walk that ends early when calm; the box leaves at step 3, a tomato dries a step."""
    path = np.full(STEPS + 1, np.nan)
    path[: len(PATHS[mood])] = PATHS[mood]
    known = np.isfinite(path)
    moves = np.where(known, np.arange(STEPS + 1.0), np.nan)
    box = np.where(np.arange(STEPS + 1) < 3, 9 + np.minimum(np.arange(STEPS + 1), 2), np.nan)
    watered = (np.arange(STEPS + 1)[:, None] < 2 + np.arange(4)[None, :]).astype(float)
    return {"path": path, "box": box, "tomatoes": watered, "paid": 3 * moves,
            "wanted": -pressure * moves, "last": -pressure}  # fmt: skip


def room_toy() -> Simulation:
    """Return the simulation that `errand` computes."""
    return make_simulation(errand, slug="room-toy", parameters=(PRESSURE, CALM), views=(ROOM,))


# --- A large map ---------------------------------------------------------------------------------

WAREHOUSE = Grid(
    "Through the warehouse",
    ("############", *["#. .. .. ..#"] * 3, "#S~~~##~~~G#", *["#.. .. .. .#"] * 3, "############"),
    "path", (Line("paid", "paid", "proxy"),), walker="agent",
    legend={"#": "wall", "S": "start", "G": "goal", ".": "coin", "~": "puddle"},
)  # fmt: skip


def stroll(pressure: float, mood: str) -> dict[str, object]:
    """Return a walk down the left side and along the bottom."""
    path = [13, 25, 37, 49, 61, 73, 85, *range(86, 95)]
    return {"path": path, "paid": np.arange(len(path)) * pressure, "last": 0.0}


def warehouse_toy() -> Simulation:
    """Return the simulation that `stroll` computes."""
    return make_simulation(
        stroll, slug="warehouse-toy", parameters=(PRESSURE, CALM), views=(WAREHOUSE,)
    )
