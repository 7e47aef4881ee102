"""The published site in a browser."""

import pytest

pytestmark = pytest.mark.browser


def test_the_landing_page_opens_under_a_sub_path(open_page):
    page = open_page("index.html")
    assert page.locator("h1").count() == 1
