"""Two forms and their match as text and as data."""

from __future__ import annotations

from typing import Any

from proxygap.bank.assembly import Forms
from proxygap.quiz import Item


def as_dict(forms: Forms) -> dict[str, Any]:
    """Return the forms and their match as JSON-able data."""
    rows = [dict(zip(("row", "sort", "blueprint", "before", "after"), line, strict=True))
            for line in forms.table()]  # fmt: skip
    return {
        "before": [item.id for item in forms.before],
        "after": [item.id for item in forms.after],
        "match": rows,
        "departures": forms.departures(),
        "differences": forms.differences(),
        "twins": forms.twins(),
    }


def lines(forms: Forms) -> list[str]:
    """Return the forms and the report of their match, line by line."""
    size = len(forms.before)
    said = [f"Two forms of {size} {'item' if size == 1 else 'items'}; no item is in both."]
    for name, form in (("Before", forms.before), ("After", forms.after)):
        said += ["", f"{name} ({_mean(form):.2f} mean difficulty)", *(f"  {i.id}" for i in form)]
    width = max(len(name) for _, name, *_ in forms.table())
    said += ["", f"Match{'':<{width + 8}} blueprint  before  after"]
    said += [f"  {row:<10} {name:<{width}} {wanted:>9} {one:>7} {other:>6}"
             for row, name, wanted, one, other in forms.table()]  # fmt: skip
    return [*said, "", *verdict(forms)]


def verdict(forms: Forms) -> list[str]:
    """Say how well the forms match the blueprint and each other."""
    departures, differences = forms.departures(), forms.differences()
    kept, same = "Both forms keep the blueprint.", "They agree in every row"
    if departures:
        kept = (f"The bank cannot meet the blueprint: its best forms are off by {departures} in "
                "all. Rows in which the numbers differ say what to write.")  # fmt: skip
    if differences:
        same = f"They differ from each other by {differences} in all"
    twins = f"{forms.twins()} of {len(forms.before)} items have a partner"
    return [kept, f"{same}; {twins} with the same objective, level and difficulty."]


def _mean(form: tuple[Item, ...]) -> float:
    return sum(item.difficulty for item in form) / len(form)
