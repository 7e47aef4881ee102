"""A bank's report as plain text, for a terminal."""

from __future__ import annotations

from proxygap.bank.report import FEWEST_LEARNERS, BankReport, ChapterReport, ItemReport

MOST_BELIEFS = 10


def lines(report: BankReport) -> list[str]:
    """Return the report, line by line; chapters that nobody answered are left out."""
    seen = [one for one in report.chapters if any(item.answers for item in one.items)]
    said = [f"{report.learners:,} {'learner' if report.learners == 1 else 'learners'}"]
    for chapter in seen:
        said += ["", *_chapter(chapter)]
    return [*said, "", *_mend(seen), "", *_beliefs(report)]


def _chapter(chapter: ChapterReport) -> list[str]:
    width = max(len(item.id) for item in chapter.items)
    head = f"  {'item':<{width}} answers  right     95 %     credit  discr."
    return [
        f"{chapter.title} ({chapter.chapter})",
        f"  {_reliability(chapter)}",
        head,
        *(f"  {item.id:<{width}} {_row(item)}" for item in chapter.items),
    ]


def _reliability(chapter: ChapterReport) -> str:
    if chapter.alpha.alpha is None:
        return (f"Reliability: not defined, since no two learners with different scores answered "
                f"all {chapter.alpha.items} items.")  # fmt: skip
    return (f"Reliability over the {chapter.alpha.learners:,} who answered all "
            f"{chapter.alpha.items} items: Cronbach's alpha {_number(chapter.alpha.alpha)}, "
            f"KR-20 {_number(chapter.kr20.alpha)}.")  # fmt: skip


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _row(item: ItemReport) -> str:
    if item.difficulty is None or item.interval is None:
        return f"{item.answers:>7}"
    low, high = item.interval
    discrimination = (
        "–" if item.discrimination is None else f"{item.discrimination:.2f}".replace("-", "−")
    )
    return (f"{item.answers:>7,} {item.difficulty:>6.0%} {low:>5.0%}–{high:<5.0%}"
            f"{item.credit:>7.0%} {discrimination:>7}")  # fmt: skip


def _mend(chapters: list[ChapterReport]) -> list[str]:
    items = [item for chapter in chapters for item in chapter.items]
    few = sum(0 < item.answers < FEWEST_LEARNERS for item in items)
    said = [f"  {item.id}: {what}." for item in items for what in item.mend]
    if few:
        said.append(
            f"  ({few} {'item is' if few == 1 else 'items are'} not judged: fewer than "
            f"{FEWEST_LEARNERS} learners.)"
        )
    return ["To mend:", *(said or ["  Nothing."])]


def _beliefs(report: BankReport) -> list[str]:
    said = [f"  {belief.rate:>4.0%}  {belief.learners:,} of {belief.asked:,}  “{belief.title}” "
            f"({belief.section})" for belief in report.misconceptions[:MOST_BELIEFS]]  # fmt: skip
    return ["Commonest misconceptions, of the learners who could show them:",
            *(said or ["  None was shown."])]  # fmt: skip
