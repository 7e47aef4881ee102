"""Parallel forms: what they promise, and that no better ones exist."""

import random
from itertools import combinations

import pytest

from proxygap.bank.assembly import Forms, assemble
from proxygap.bank.blueprint import Blueprint, balanced, counts, from_file, proportional
from proxygap.errors import ContentError, UsageError
from proxygap.quiz import load_bank, load_quiz
from proxygap.quiz.model import Item, Single

BANK = [item for quiz in load_bank() for item in quiz.items]
SIZE = min(20, sum(number // 2 for number in counts(BANK, "objective").values()))


def made(name, objective="o", bloom="apply", difficulty=1, kind="single"):
    return Item(name, kind, "?", "!", objective, bloom, difficulty, "s", "s", Single(()))


def random_bank(seed, size=9):
    rng = random.Random(seed)  # noqa: S311  (draws test data)
    return [made(f"i{n}", rng.choice("ab"), rng.choice(["apply", "create"]), rng.randint(1, 2),
                 rng.choice(["single", "number"])) for n in range(size)]  # fmt: skip


def goals(forms):
    """Return what is made small, in the order in which it counts."""
    free = [row for row in forms.table() if row[0] != "objective"]
    return (sum(abs(w - a) + abs(w - b) for _, _, w, a, b in free),
            sum(abs(a - b) for *_, a, b in free), forms.mixture())  # fmt: skip


def all_forms(bank, blueprint):
    """Yield every two forms that keep the quotas, one by one."""
    quotas = blueprint.rows["objective"]
    fit = [set(form) for form in combinations(bank, blueprint.items)
           if all(counts(form, "objective")[name] == n for name, n in quotas.items())]  # fmt: skip
    for before in fit:
        for after in fit:
            if not before & after:
                yield Forms(blueprint, tuple(before), tuple(after))


def as_sets(forms):
    return {item.id for item in forms.before}, {item.id for item in forms.after}


@pytest.mark.parametrize("seed", range(12))
def test_no_two_forms_are_better_than_the_assembled_ones(seed):
    bank = random_bank(seed)
    blueprint = proportional(bank, 3)
    if seed % 2:  # one that the bank can hardly meet
        rows = dict(blueprint.rows) | {"bloom": {"apply": 3}, "difficulty": {"1": 3}}
        blueprint = Blueprint(3, rows)
    best = min(goals(forms) for forms in all_forms(bank, blueprint))
    assert goals(assemble(bank, blueprint)) == best


def test_two_twins_and_a_stranger_by_hand():
    bank = [made("a", bloom="apply"), made("b", bloom="apply"), made("c", bloom="create")]
    forms = assemble(bank, Blueprint(1, {"objective": {"o": 1}, "bloom": {"apply": 1},
                                         "difficulty": {"1": 1}}))  # fmt: skip
    assert as_sets(forms) in [({"a"}, {"b"}), ({"b"}, {"a"})]
    assert (forms.departures(), forms.differences(), forms.twins()) == (0, 0, 1)


def test_the_order_of_the_bank_does_not_matter():
    bank = load_quiz("goodhart").items
    shuffled = random.Random(1).sample(bank, len(bank))  # noqa: S311
    assert as_sets(assemble(shuffled, proportional(shuffled, 6))) == as_sets(
        assemble(bank, proportional(bank, 6))
    )


@pytest.mark.parametrize("size", [1, 5, SIZE])
def test_a_proportional_blueprint_adds_up_and_is_within_the_bank(size):
    blueprint = proportional(BANK, size)
    for row, numbers in blueprint.rows.items():
        assert sum(numbers.values()) == size
        have = counts(BANK, row)
        assert all(2 * number <= have[name] for name, number in numbers.items())


def chapter(name, size):
    return [made(f"{name}{n}", objective=name) for n in range(size)]


@pytest.mark.parametrize(
    ("sizes", "form", "shares"),
    [
        ([80, 20, 20], 6, [2, 2, 2]),  # a chapter with many items gets no more than the others
        ([80, 20, 20], 8, [3, 3, 2]),  # what is left over goes where there is most room
        ([80, 4, 20], 12, [5, 2, 5]),  # two forms of a chapter of four ask two items each
        ([20, 1], 5, [5, 0]),
        ([20], 7, [7]),
    ],
)
def test_a_balanced_blueprint_asks_about_every_chapter_alike(sizes, form, shares):
    blueprint = balanced([chapter(name, size) for name, size in zip("abc", sizes, strict=False)],
                         form)  # fmt: skip
    assert [blueprint.rows["objective"].get(name, 0) for name in "abc"[: len(sizes)]] == shares
    assert {row: sum(numbers.values()) for row, numbers in blueprint.rows.items()} == {
        "objective": form, "bloom": form, "difficulty": form,
    }  # fmt: skip


@pytest.mark.parametrize("size", [0, 99])
def test_a_balanced_blueprint_that_cannot_be_met_says_why(size):
    with pytest.raises(UsageError):
        balanced([chapter("a", 4), chapter("b", 4)], size)


def test_a_bank_that_is_too_small_says_so_and_what_to_do():
    bank = [made("a"), made("b"), made("c", objective="alone")]
    with pytest.raises(UsageError, match=r"give 1 pairs.*--items 1 or fewer.*partner: alone"):
        proportional(bank, 20)
    with pytest.raises(UsageError, match="at least one item"):
        proportional(bank, 0)


def test_quotas_that_nothing_keeps_are_an_error():
    blueprint = Blueprint(2, {"objective": {"o": 2}, "bloom": {"apply": 2}, "difficulty": {"1": 2}})
    with pytest.raises(UsageError, match="No two forms keep"):
        assemble([made("a"), made("b"), made("c")], blueprint)


GOOD = """items: 2
objective: {o: 2}
bloom: {apply: 1, create: 1}
difficulty: {1: 2}
"""
PAIRS = [made(f"{level}{n}", bloom=level) for level in ("apply", "create") for n in range(2)]


def test_a_blueprint_in_a_file(tmp_path):
    file = tmp_path / "plan.yml"
    file.write_text(GOOD)
    forms = assemble(PAIRS, from_file(file, PAIRS))
    assert forms.departures() == 0
    assert forms.twins() == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("items: 2", "items: two", "plan.yml:1: 'items' must be how many"),
        ("bloom:", "blom:", "plan.yml:3: unknown key 'blom'. Did you mean 'bloom'?"),
        ("apply: 1", "aply: 1", "plan.yml:3: unknown bloom 'aply'. Did you mean 'apply'?"),
        ("apply: 1", "apply: 2", "plan.yml:3: 'bloom' adds up to 3; a form has 2 items."),
        ("apply: 1", "apply: -1", "plan.yml:3: 'apply' must be a whole number, 0 or more."),
        ("difficulty: {1: 2}\n", "", "'difficulty' is missing"),
        (GOOD, "- 1", "A blueprint is a mapping"),
    ],
)
def test_a_mistake_in_a_blueprint_is_named_with_its_line(tmp_path, old, new, said):
    file = tmp_path / "plan.yml"
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(ContentError) as error:
        from_file(file, PAIRS)
    assert said in str(error.value)


def test_a_blueprint_that_needs_more_than_the_bank_has_says_which_rows(tmp_path):
    file = tmp_path / "plan.yml"
    file.write_text(GOOD.replace("apply: 1, create: 1", "apply: 2"))
    with pytest.raises(UsageError, match="bloom 'apply': 2 in each form make 4; the bank has 2"):
        from_file(file, PAIRS)
