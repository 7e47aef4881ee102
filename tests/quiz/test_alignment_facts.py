"""The numbers that the items of the first chapter quote are what the simulations compute."""

from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._lagoon import analytic_switch, look_ahead_policy, race

QUIZ = load_quiz("why-alignment-is-hard")


def test_a_blind_spot_of_one_in_a_hundred_decides_nearly_every_second_choice():
    body = QUIZ.item("wh-fluke").body
    all_miss = 100 * 0.99**64
    assert body.answer.low < 100 - all_miss < body.answer.high
    assert any(mistake.low < all_miss < mistake.high for mistake in body.mistakes)


def fate(tail):
    """Return what becomes of the true value as n grows, in the words of the item."""
    truth = get("best-of-n").run_at(tail=tail)["truth"]
    if truth[-1] < 0.6 * truth.max():
        return "It rises, then falls"
    return "It keeps rising" if truth[-1] > truth[-2] + 0.05 else "It levels off"


TAIL_CARDS = {
    "Bell-shaped (Gaussian) errors, as large on average as the differences in quality": "gaussian",
    "Errors that never exceed a fixed size": "bounded",
    "Laplace errors, large now and then": "laplace",
    "Student t3 errors, huge in rare cases": "t3",
    "Student t2 errors, huge in somewhat more cases": "t2",
}


def test_every_tail_is_sorted_by_what_best_of_n_chooses():
    cards = {card.text: card.category for card in QUIZ.item("wh-sort-the-tails").body.cards}
    assert cards == {text: fate(tail) for text, tail in TAIL_CARDS.items()}


def test_the_feedback_on_a_tail_quotes_best_of_n():
    told = {TAIL_CARDS[c.text]: c.feedback for c in QUIZ.item("wh-sort-the-tails").body.cards}
    runs = {tail: get("best-of-n").run_at(tail=tail) for tail in told}
    worth = {tail: dict(zip(run["n"], run["truth"], strict=True)) for tail, run in runs.items()}
    few, many = worth["gaussian"][32], worth["gaussian"][60_000]
    assert f"rises to {few:.1f} at 32 answers and to {many:.1f} at 60,000" in told["gaussian"]
    assert f"stops at {worth['laplace'][60_000]:.1f}" in told["laplace"]
    for tail, end in (("t3", f"worth {worth['t3'][60_000]:.1f}"), ("t2", "ends where it began")):
        peak = f"peaks at {runs[tail]['peak_truth']:.1f} with {runs[tail]['peak_n']:.0f} answers"
        assert peak in " ".join(told[tail].split())
        assert end in told[tail]
    assert abs(worth["t2"][60_000]) < 0.05


def test_the_planners_that_were_tested_make_full_progress_and_the_next_one_does_not():
    dial = get("capability-dial").run_at(delay=5)
    progress = dict(zip(dial["horizons"], dial["even_truth"], strict=True))
    points = dict(zip(dial["horizons"], dial["even_proxy"], strict=True))
    assert [progress[steps] for steps in (2, 4, 6, 8, 10)] == [100] * 5
    assert (points[12], progress[12], float(dial["switch"])) == (182, 8, 11)


def test_the_boat_paid_at_buoys_is_on_its_course_at_13_only():
    dial = get("capability-dial").run_at(delay=5)
    progress = dict(zip(dial["horizons"], dial["buoy_truth"], strict=True))
    assert [progress[steps] for steps in (11, 12, 13)] == [100, 8, 100]
    assert {progress[steps] for steps in range(14, 25)} == {8}


def test_a_lock_of_eight_steps_is_worth_its_price_from_17_steps_on():
    course = race(8, "even")
    answer = int(QUIZ.item("wh-lock").body.answer.value)
    assert answer == analytic_switch(8)
    assert [look_ahead_policy(course, steps)[0] for steps in (answer - 1, answer)] == [0, 1]
