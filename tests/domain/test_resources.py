"""Resources, as colleagues offer them."""

import pytest

from bot.domain.resources import Resource, find_resources, without_resources


def found(text):
    return [(r.kind, r.label, r.url) for r in find_resources([(1, text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "See <https://a.example/fit|our FIT page>.",
            [("link", "our FIT page", "https://a.example/fit")],
            id="a link with a label",
        ),
        pytest.param(
            "It is on https://a.example/fit_(new).",
            [("link", "a.example/fit_(new)", "https://a.example/fit_(new)")],
            id="a bare address without the sentence's full stop",
        ),
        pytest.param(
            "<https://a.example/leaflet.pdf|leaflet>",
            [("file", "leaflet", "https://a.example/leaflet.pdf")],
            id="a file by its address",
        ),
        pytest.param(
            "I attach safety-netting.docx for you.",
            [("file", "safety-netting.docx", None)],
            id="a file by its name",
        ),
        pytest.param(
            "NG12, DG 56 and SIGN 126 say so.",
            [
                ("guideline", "NG12", None),
                ("guideline", "DG56", None),
                ("guideline", "SIGN 126", None),
            ],
            id="guidelines",
        ),
        pytest.param("Ask them at DG1 4AB or TA20 1XY.", [], id="postcodes"),
        pytest.param("We have 28 days, i.e. 4 wks.", [], id="nothing"),
    ],
)
def test_what_is_offered_is_gathered_as_it_was_written(text, expected):
    """Links, files and guideline codes are found; an address is never made up."""
    assert found(text) == expected


def test_one_thing_offered_twice_is_listed_once_with_who_came_first():
    """The list of resources is short, and says whom to ask."""
    texts = [(4, "NG12 it is."), (9, "Yes, ng12? I mean NG12.")]
    assert find_resources(texts) == (
        Resource(kind="guideline", label="NG12", url=None, contribution=4),
    )


def test_what_is_left_without_resources_is_what_a_person_said():
    """A reply that is only a link says nothing of its own."""
    assert without_resources("<https://a.example|x> NG12 a.pdf").split() == []
