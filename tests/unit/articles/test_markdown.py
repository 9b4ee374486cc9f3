"""Articles are Markdown and nothing else: no HTML, no picture, no link but to here or by https."""

from __future__ import annotations

import pytest

from dashboard.components.prose import prose
from registry.articles.markdown import as_html, cleaned, is_allowed

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html;base64,AAAA)", "[a](//jahat.example/x)", "[a](http://jahat.example)",
    "![a](https://jahat.example/x.png)",
    "<https://ok.example> <javascript:alert(1)>", "[a][b]\n\n[b]: javascript:alert(1)",
    "![a][b]\n\n[b]: https://jahat.example/x",
    "[a](/\\jahat.example)", "[a](\tjavascript:alert(1))",
    "a &#106;avascript:alert(1)", "[a](java&#115;cript:alert(1))",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_becomes_an_element(text: str) -> None:
    for given in (text, cleaned(text)):
        made = as_html(given).lower()
        assert "<script" not in made
        assert "<img" not in made
        links = [part.split('"')[0] for part in made.split('href="')[1:]]
        # a picture may be left as a link, which nobody's browser follows by itself
        assert all(link.startswith("https://") for link in links), made
        drawn = str([getattr(part, "to_plotly_json", lambda part=part: part)() for part in prose(given)])
        assert not {"'Img'", "'Script'", "'Iframe'"} & set(drawn.split())


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/ilmu/glosari", True), ("#tajuk", True), ("glosari", True), ("https://www.dosm.gov.my/a?b=c", True),
        ("//jahat.example", False), ("http://dosm.gov.my", False), ("javascript:x", False), ("mailto:a@b.my", False),
        ("", False), ("https://", False), ("/\\jahat", False),
    ],
)  # fmt: skip
def test_links_lead_to_here_or_by_https(address: str, allowed: bool) -> None:
    assert is_allowed(address) is allowed


def test_what_cannot_be_seen_is_taken_out_on_the_way_in() -> None:
    assert cleaned("a\r\nb\u202ec\u0000d\u200be ![gambar](x.png) [pautan](http://a.b) [baik](/ilmu)") == (
        "a\nbcde gambar pautan [baik](/ilmu)"
    )


def test_headings_stand_below_the_title_of_the_page() -> None:
    assert as_html("# A\n\n### B") == "<h2>A</h2>\n<h3>B</h3>\n"
    assert [type(part).__name__ for part in prose("# A\n\n- x\n- y\n\n| a | b |\n|---|---|\n| 1 | 2 |")] == [
        "H2",
        "Ul",
        "Table",
    ]


def test_the_public_is_led_to_its_own_pages_alone() -> None:
    text = "[a](/ilmu/glosari) [b](/awam/semak) [c](/garis-kemiskinan) [d](https://ok.example) [e](#x)"
    links = [part.split('"')[0] for part in as_html(text, public="/awam").split('href="')[1:]]
    assert links == ["/awam/ilmu/glosari", "/awam/semak", "https://ok.example", "#x"]
    assert " c " in as_html(text, public="/awam")
    assert as_html(text).count("<a ") == 5
