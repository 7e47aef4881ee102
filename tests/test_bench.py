"""The parts of the benchmark that judge and write: what they say must follow from what was run."""

import gzip
import json
import re
import urllib.error
import urllib.request
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import audits, first_run, link, pages, stamps
from bench.budgets import FIRST_GRADED_RUN, LIGHTHOUSE, UNCHANGED_BUILD, Budget
from bench.report import Promise, Section, Table, document, kilobytes, timed, times, wrap
from bench.samples import Store
from bench.summary import median, paired_ratio, percentile
from bench.tools import telling

ROOT = Path(__file__).parents[1]
runs = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=40)


# What a handful of timings say


def test_a_percentile_is_the_smallest_value_that_enough_values_do_not_exceed():
    values = list(range(1, 21))  # 20 values: 95 % of them are 19
    assert percentile(values, 0.95) == 19
    assert percentile(values, 0.5) == 10
    assert percentile([7.0], 0.95) == 7
    assert percentile(values, 1) == 20


@given(runs, st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_was_measured_and_covers_its_share(values, share):
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert sum(value < found for value in values) < share * len(values) + 1e-9


def test_a_percentile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="needs values"):
        percentile([], 0.5)


def test_one_slow_run_does_not_move_the_median():
    assert median([1.0, 1.1, 60.0]) == 1.1


def test_a_ratio_compares_neighbours_so_that_a_slow_spell_hits_both_sides():
    ours, reference = [1.0, 10.0, 2.0], [2.0, 20.0, 4.0]  # the machine was busy in the second round
    assert paired_ratio(ours, reference) == 0.5


@given(runs, st.floats(0.1, 10))
def test_a_side_that_is_always_k_times_slower_has_the_ratio_k(values, factor):
    assert paired_ratio([factor * value for value in values], values) == pytest.approx(factor)


def test_a_ratio_to_nothing_is_refused():
    with pytest.raises(ValueError, match="positive reference"):
        paired_ratio([1.0], [0.0])
    with pytest.raises(ValueError, match="pairs"):
        paired_ratio([], [])


# Budgets


def test_a_budget_is_met_up_to_and_including_its_limit():
    assert UNCHANGED_BUILD.verdict(5.0) == "met"
    assert UNCHANGED_BUILD.verdict(5.01) == "**missed**"
    assert FIRST_GRADED_RUN.is_met(0.1 + 0.3)  # 0.4 on paper, a little more in binary


def test_a_score_has_to_reach_its_budget():
    assert LIGHTHOUSE["performance"].is_met(97)
    assert not LIGHTHOUSE["performance"].is_met(96.9)
    assert not LIGHTHOUSE["accessibility"].is_met(99)


def test_a_budget_says_its_limit_with_its_unit():
    assert str(UNCHANGED_BUILD) == "≤ 5 s"
    assert str(FIRST_GRADED_RUN) == "≤ 0.4×"
    assert str(LIGHTHOUSE["seo"]) == "≥ 100"


# The report


def test_numbers_are_written_with_their_spread_and_unit():
    assert timed([1.0, 1.25, 3.0]) == "1.25 s (1.00–3.00)"
    assert timed([12.34]) == "12.3 s"
    assert timed([9.0, 8.0], "ms") == "8.50 ms (8.00–9.00)"
    assert kilobytes(41_400) == "41.4 kB"
    assert kilobytes(1_840_000) == "1.84 MB"
    assert times(0.137) == "0.14×"
    assert times(12.6) == "13×"


def test_a_table_keeps_its_columns_whatever_a_cell_holds():
    lines = Table(("a", "b"), [("x | y", "two\nlines"), ("1", "2")]).markdown().splitlines()
    assert lines == [
        "| a      | b         |",
        "|--------|-----------|",
        "| x \\| y | two lines |",
        "| 1      | 2         |",
    ]


def test_a_row_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="as many cells"):
        Table(("a", "b"), [("1",)]).markdown()


def test_text_is_wrapped_and_a_list_item_is_indented():
    lines = wrap("word " * 60, bullet=True).splitlines()
    assert lines[0].startswith("- word")
    assert all(line.startswith("  word") for line in lines[1:])
    assert max(map(len, lines)) <= 100


def report(*sections: Section) -> str:
    return document("on 2030-01-02", Table(("measured on", ""), []), sections, "make bench")


def test_the_document_counts_the_budgets_and_shows_each_with_its_verdict():
    slow = Promise("build", 6.0, "6.00 s", UNCHANGED_BUILD)
    quick = Promise("first run", 0.3, "0.30×", FIRST_GRADED_RUN)
    text = report(Section("One", "Intro.", promises=[slow]), Section("Two", "", promises=[quick]))
    assert "1 of 2 met." in text
    assert re.search(r"\| build +\| 6\.00 s +\| ≤ 5 s +\| \*\*missed\*\* \|", text)
    assert re.search(r"\| first run +\| 0\.30× +\| ≤ 0\.4× +\| met +\|", text)
    assert "Measured on 2030-01-02 with `make bench`" in text


def test_what_could_not_be_measured_is_said_and_claims_nothing():
    text = report(Section("Pages", "", failed="no browser"))
    assert "**Could not be measured here:** no browser" in text
    assert "met" not in text


# Samples: interrupted and resumed


def counting(*, fails_at: int = 10**9):
    numbers = count(1)

    def take() -> dict[str, float]:
        if (number := next(numbers)) == fails_at:
            raise KeyboardInterrupt
        return {"value": number}

    return take


def values(samples: list[dict[str, float]]) -> list[float]:
    return [sample["value"] for sample in samples]


def store(tmp_path: Path, digest: str = "a") -> Store:
    return Store(tmp_path / "samples.json", {"group": digest}, lambda _: None)


def test_both_sides_are_measured_in_turns(tmp_path):
    order: list[str] = []
    sides = {side: (lambda side=side: order.append(side) or {}) for side in ("ours", "theirs")}
    store(tmp_path).in_turns("group", sides, 2)
    assert order == ["ours", "theirs", "ours", "theirs"]


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        store(tmp_path).in_turns("group", {"ours": counting(fails_at=3)}, 5)
    resumed = store(tmp_path).in_turns("group", {"ours": counting()}, 5)
    assert values(resumed["ours"]) == [1, 2, 1, 2, 3]  # two kept, three taken


def test_a_second_run_of_the_same_course_measures_nothing(tmp_path):
    store(tmp_path).in_turns("group", {"ours": counting()}, 3)
    again = store(tmp_path).in_turns("group", {"ours": counting(fails_at=1)}, 3)
    assert values(again["ours"]) == [1, 2, 3]


def test_a_changed_course_is_measured_again(tmp_path):
    store(tmp_path).in_turns("group", {"ours": counting()}, 2)
    with pytest.raises(KeyboardInterrupt):
        store(tmp_path, "b").in_turns("group", {"ours": counting(fails_at=1)}, 2)


def test_fewer_runs_use_the_first_of_what_was_kept(tmp_path):
    store(tmp_path).in_turns("group", {"ours": counting()}, 4)
    fewer = store(tmp_path).in_turns("group", {"ours": counting(fails_at=1)}, 2)
    assert values(fewer["ours"]) == [1, 2]


def test_forgetting_measures_everything_again(tmp_path):
    kept = store(tmp_path)
    kept.in_turns("group", {"ours": counting()}, 1)
    kept.forget()
    with pytest.raises(KeyboardInterrupt):
        store(tmp_path).in_turns("group", {"ours": counting(fails_at=1)}, 1)


def test_a_damaged_file_of_samples_is_measured_anew_instead_of_believed(tmp_path):
    (tmp_path / "samples.json").write_text('{"group": ', encoding="utf-8")
    taken = store(tmp_path).in_turns("group", {"ours": counting()}, 1)
    assert values(taken["ours"]) == [1]


# Built once


def test_a_folder_is_built_once_and_again_when_its_sources_change(tmp_path):
    built: list[str] = []

    def build(folder: Path) -> None:
        built.append("yes")
        (folder / "page").write_text("x", encoding="utf-8")

    for digest in ("a", "a", "b"):
        stamps.once(tmp_path / "made", digest, build, lambda _: None)
    assert len(built) == 2


def test_an_interrupted_build_is_not_taken_for_a_finished_one(tmp_path):
    def stops(folder: Path) -> None:
        (folder / "half").write_text("x", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stamps.once(tmp_path / "made", "a", stops, lambda _: None)
    stamps.once(tmp_path / "made", "a", lambda _: None, lambda _: None)
    assert not (tmp_path / "made" / "half").exists()


def test_a_fingerprint_follows_names_and_contents_and_ignores_what_is_built(tmp_path):
    folder = tmp_path / "src"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "a.py").write_text("1", encoding="utf-8")
    first = stamps.digest_of([folder])
    (folder / "__pycache__" / "a.pyc").write_text("compiled", encoding="utf-8")
    assert stamps.digest_of([folder]) == first
    (folder / "a.py").rename(folder / "b.py")
    assert stamps.digest_of([folder]) != first
    assert stamps.digest_of([folder], "extra") != stamps.digest_of([folder])


# The link


def fetch(address: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  our own server
        return answer.read(), dict(answer.headers)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("hello " * 500, encoding="utf-8")
    (site / "table.bin").write_bytes(bytes(1000))
    (tmp_path / "secret.html").write_text("outside", encoding="utf-8")
    return site


def test_text_travels_compressed_and_tables_as_they_are(folder):
    with link.serve(folder) as served:
        page, headers = fetch(served.address)
        table, plain = fetch(f"{served.address}table.bin")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(page) == b"hello " * 500
    assert "Content-Encoding" not in plain
    assert len(table) == 1000
    assert served.pipe.sent == len(page) + 1000


def test_nothing_outside_the_folder_is_served(folder):
    with link.serve(folder) as served:
        for path in ("../secret.html", "%2e%2e/secret.html", "missing.html"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                fetch(served.address + path)
            refused.value.close()
            assert refused.value.code == 404


def test_the_link_lets_bytes_through_at_its_speed():
    clock = [100.0]
    waited: list[float] = []
    slow = link.Link("slow", bytes_per_second=1000)
    pipe = link.Pipe(slow, clock=lambda: clock[0], pause=waited.append)
    pipe.wait_for(500)
    pipe.wait_for(500)  # asked for at the same time: waits for the first as well
    clock[0] = 110.0
    pipe.wait_for(250)  # the line has been idle since
    assert waited == pytest.approx([0.5, 1.0, 0.25])


# Sections: from samples to sentences


def load(drawn: float, size: int, script: int, problems: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "drawn": drawn, "bytes": size, "script": script, "scripts": {"/x/a.mjs": script},
        "paint": {"first": 500, "largest": 600, "shift": 0.001}, "problems": list(problems),
    }  # fmt: skip


def test_pages_are_compared_and_judged_by_their_medians():
    slides = {"work": {"median": 5, "p95": 20}, "whole": {"median": 12, "p95": 30}}
    compared = {
        pages.OURS.name: [load(0.9, 200_000, 40_000), load(1.1, 200_000, 40_000)],
        pages.STOCK.name: [load(3.6, 2_000_000, 1_500_000, ("404 http://x/a/font.woff2",))] * 2,
        "slider": [slides],
        "bare slider": [{kind: {"median": 2, "p95": 8} for kind in ("work", "whole")}],
    }
    text = pages.section(compared, {"first page": [load(0.8, 100_000, 61_000)]}).markdown()
    assert re.search(r"\| transferred +\| 200\.0 kB +\| 2\.00 MB +\| 0\.10× \|", text)
    assert re.search(r"drawn: explorer on a page of its own +\| 1\.00 s .* met", text)
    assert re.search(r"script: first page +\| 61\.0 kB +\| ≤ 60 kB +\| \*\*missed\*\*", text)
    assert re.search(
        r"slider to paint, 95th percentile +\| 20\.0 ms +\| ≤ 16 ms +\| \*\*miss", text
    )
    assert re.search(r"work, 95th percentile +\| 20\.0 ms +\| 8\.00 ms +\| 2\.50× \|", text)
    assert "a.mjs 40.0 kB" in text
    assert "that failed, and cost it no bytes: font.woff2." in text


def test_the_first_graded_run_is_judged_against_its_neighbour_on_each_link():
    def key(name: str, over: link.Link) -> str:
        return f"{name}, {over.name}"

    taken = {}
    for over, ours in zip(first_run.LINKS, (4.0, 5.0), strict=True):
        taken[key(first_run.COURSE, over)] = [{"seconds": ours, "bytes": 9e6}]
        taken[key(first_run.LITE, over)] = [{"seconds": 10.0, "bytes": 17e6}]
    met, missed = first_run.section(taken).promises
    assert (met.measured, met.verdict) == (0.4, "met")
    assert (missed.measured, missed.verdict) == (0.5, "**missed**")


def lighthouse_report(performance: float) -> dict[str, object]:
    lost = {"id": "total-blocking-time", "score": performance, "displayValue": "630 ms"}
    reference = {"id": lost["id"], "weight": 30}
    scores = dict.fromkeys(LIGHTHOUSE, 1.0) | {"performance": performance}
    return {
        "audits": {"total-blocking-time": lost},
        "categories": {
            name: {"score": score, "auditRefs": [reference] if name == "performance" else []}
            for name, score in scores.items()
        },
    }


def test_lighthouse_scores_are_read_with_what_cost_points():
    read = audits.scores(lighthouse_report(0.84))
    assert read["scores"]["performance"] == 84
    assert read["lost"] == ["total-blocking-time (630 ms)"]
    assert json.loads(json.dumps(read)) == read  # it can be kept


def test_one_score_below_its_budget_misses_the_page():
    good, bad = audits.scores(lighthouse_report(0.98)), audits.scores(lighthouse_report(0.84))
    bad["scores"]["performance"] = 99
    bad["scores"]["accessibility"] = 94
    section = audits.section({"landing": [good], "chapter": [bad]})
    assert [promise.verdict for promise in section.promises] == ["met", "**missed**"]
    assert section.promises[1].shown == "99 / 94 / 100 / 100"


def test_a_failed_command_is_told_by_the_lines_that_name_the_trouble():
    said = "reading\nWARNING: broken link\n" + "=====\n" * 30
    assert telling(said) == "WARNING: broken link"


# Pins


def test_the_references_are_pinned_and_no_index_or_download_address_is_named():
    folder = ROOT / "bench"
    pins = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in pins if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in wanted)
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    assert not any("resolved" in package for package in lock["packages"].values())
    for name in ("requirements.txt", "wheels.txt", "package.json"):
        assert "://" not in (folder / name).read_text(encoding="utf-8")


def test_a_budget_may_ask_for_more_or_for_less():
    assert Budget(3).is_met(2)
    assert not Budget(3, at_least=True).is_met(2)
