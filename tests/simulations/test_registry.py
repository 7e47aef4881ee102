"""Finding simulations, and what is said when there is none."""

import pytest

from proxygap.errors import UsageError
from proxygap.simulations import discover, get, slugs


def test_a_module_in_the_folder_is_found_without_registration():
    assert "boat-race" in slugs()
    assert tuple(discover()) == slugs()
    assert discover()["boat-race"] is get("boat-race")


def test_an_unknown_slug_suggests_the_nearest():
    with pytest.raises(UsageError) as error:
        get("boat-rase")
    assert str(error.value) == (
        "Unknown simulation 'boat-rase'. Did you mean 'boat-race'? All simulations: proxygap list"
    )


def test_a_slug_like_nothing_gets_no_suggestion():
    with pytest.raises(UsageError, match=r"^Unknown simulation 'zzz'\. All simulations:"):
        get("zzz")
