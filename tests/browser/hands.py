"""Somebody at a lab, with hands on a keyboard or a finger on glass; a twin in Python follows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, expect

from tests.browser.learner import press
from tests.browser.reach import box_of
from tests.browser.twin import PYTHON_UP, Twin, expect_same


class Hands(Protocol):
    """A way to work the controls of a page."""

    def choose(self, group: Locator, value: str) -> None: ...
    def press(self, button: Locator) -> None: ...
    def slide_to_the_end(self, slider: Locator) -> None: ...
    def write(self, field: Locator, words: str) -> None: ...


class Keys:
    """Hands on a keyboard; nothing is clicked."""

    def choose(self, group: Locator, value: str) -> None:
        """Go to the group as Tab would and walk it with the arrow keys."""
        values = [radio.get_attribute("value") for radio in group.locator("input").all()]
        checked = group.locator("input:checked")
        at = values.index(checked.get_attribute("value")) if checked.count() else -1
        first = group.locator("input").nth(max(at, 0))
        press(first, *["Space"] * (at < 0))
        steps = values.index(value) - max(at, 0)
        press(first, *["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))

    def press(self, button: Locator) -> None:
        is_box = button.get_attribute("type") == "checkbox"
        press(button, "Space" if is_box else "Enter")

    def slide_to_the_end(self, slider: Locator) -> None:
        press(slider, "End")

    def write(self, field: Locator, words: str) -> None:
        press(field, "ControlOrMeta+a")
        field.page.keyboard.insert_text(words)
        field.page.keyboard.press("Tab")


class Finger:
    """A finger on glass; what it types comes from the screen's own keys."""

    def choose(self, group: Locator, value: str) -> None:
        group.locator("label", has=group.page.locator(f'input[value="{value}"]')).tap()

    def press(self, button: Locator) -> None:
        is_box = button.get_attribute("type") == "checkbox"
        (button.locator("xpath=ancestor::label") if is_box else button).tap()

    def slide_to_the_end(self, slider: Locator) -> None:
        box = box_of(slider)
        slider.tap(position={"x": box["width"] - 3, "y": box["height"] / 2})

    def write(self, field: Locator, words: str) -> None:
        field.tap()
        field.fill(words)
        field.blur()


@dataclass
class Player:
    """Does on the page what the twin is told, by the names that Python gives the controls."""

    lab: Locator
    twin: Twin
    hands: Hands

    def choose(self, name: str, value: str) -> None:
        block = self.twin.blocks()[name]
        if block["look"] == "menu":  # the browser's own list, which every way of input opens
            self.lab.get_by_label(block["label"], exact=True).select_option(value)
        else:
            group = self.lab.get_by_role("group", name=block["label"], exact=True)
            self.hands.choose(group, value)
            expect(group.locator(f'input[value="{value}"]')).to_be_checked()
        self._tell(block["action"], value, name)

    def press(self, name: str) -> None:
        block = self.twin.blocks()[name]
        self.hands.press(self.lab.get_by_role("button", name=block["label"], exact=True))
        self._tell(block["action"], block["value"])

    def pick_row(self, table: str, row: str) -> None:
        block = self.twin.blocks()[table]
        label = next(one["cells"][0] for one in block["rows"] if one["id"] == row)
        name = block["row_name"].replace("{}", label)
        self.hands.press(self.lab.get_by_role("button", name=name, exact=True))
        self._tell(block["action"], row)

    def slide_to_the_end(self, name: str) -> None:
        block = self.twin.blocks()[name]
        self.hands.slide_to_the_end(self.lab.get_by_role("slider", name=block["label"]))
        self._tell(block["action"], block["stops"][-1], name)

    def write(self, name: str, words: str) -> None:
        block = self.twin.blocks()[name]
        self.hands.write(self.lab.get_by_role("textbox", name=block["label"], exact=True), words)
        self._tell(block["action"], words, name)

    def tick(self, name: str, value: str) -> None:
        block = self.twin.blocks()[name]
        group = self.lab.get_by_role("group", name=block["label"], exact=True)
        self.hands.press(group.locator(f'input[value="{value}"]'))
        self._tell(block["action"], ",".join([*block["ticked"], value]), name)

    def save(self, name: str) -> None:
        """Save a file and compare it, byte by byte, with what Python wrote."""
        block = self.twin.blocks()[name]
        label = f"{block['label']} {block['file_name']}"
        with self.lab.page.expect_download() as saving:
            self.hands.press(self.lab.get_by_role("button", name=label, exact=True))
        assert saving.value.suggested_filename == block["file_name"]
        assert Path(saving.value.path()).read_bytes().decode() == block["text"]

    def _tell(self, kind: str, value: str, name: str = "") -> None:
        """Tell the twin, and wait as a person does until the page has answered."""
        self.twin.does(kind, value, name)
        idle = self.lab.locator('.pg-lab[aria-busy="false"]')
        expect(idle).to_be_attached(timeout=PYTHON_UP)

    def expect_same(self) -> None:
        expect_same(self.lab, self.twin)
