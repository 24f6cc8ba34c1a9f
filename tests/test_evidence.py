"""Which numbers and dates of a claim stand in none of the texts that it rests on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dateline.evidence import figure_said, held_by

TOLL = (
    "Since the signing of the Trilateral Statement on November 10, 2020, 20 citizens of Azerbaijan, including 14 "
    "civilians, have been killed. Eighty-five citizens, including 16 civilians, have been seriously injured."
)
COURSE = "twenty-three soldiers completed a 2-week long course in Izmir from January 3-29."


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        ("20 killed and 85 injured since November 10, 2020", [TOLL], []),
        ("Twenty killed, eighty five injured since 10 November", [TOLL], []),
        ("21 killed and 85 injured since November 9, 2020", [TOLL], ["21", "November 9, 2020"]),
        ("On November 10, 2021, 20 died; in 2021 too", [TOLL], ["November 10, 2021", "2021"]),
        ("23 soldiers, January 3-29, and 85 injured", [TOLL, COURSE], []),
        ("23 soldiers, January 3-28", [COURSE], ["January 3-28"]),
        ("January 29, 2021", [COURSE], ["January 29, 2021"]),
        ("September 27, 2020", ["from September 27 through November 9, 2020"], []),
        ("November 2020", [TOLL], []),
        ("In December", [TOLL], ["December"]),
        ("In November 20 people died", [TOLL], []),
        ("In November 21 people died", [TOLL], ["November 21"]),
        ("2 million, 2,000,000 and two million", ["two million people"], []),
        ("2.5 million", ["2 million people"], ["2.5 million"]),
        ("3,345 victims and 3,345 again", ["3,346 victims"], ["3,345"]),
        ("1 mine", ["one mine"], []),
        ("one of them", [], []),
        ("the 1990s", ["in the early 1990s"], []),
        ("the 1990s", ["in 1990"], ["1990s"]),
        ("05/06/2021", ["June 5, 2021"], []),
        ("E-001M mines; [a link](https://example.org/2019/x) and https://example.org/77", [], []),
        ("12 June, June 12.", ["12", "June"], ["12 June", "June 12"]),
        ("The 2000 mines", ["2,000 mines"], []),
        ("November 9 or 10, 2020; the 1990s", ["[2020-11-09,2020-11-10] 199X"], []),
        ("Two teams", [""], ["Two"]),
        ("At 02:40, and at 14:30", ["at 2:40 a.m., and 2:30 p.m."], []),
        ("At 2:40 a.m.", ["at 2:40 in the night"], []),
        ("At 02:40", ["at 2:40 p.m.; 2 and 40"], ["02:40"]),
        ("", [TOLL], []),
    ],
)
def test_held_by(claim: str, evidence: list[str], missing: list[str]) -> None:
    """The numbers and dates that no evidence holds are given once each, as the claim writes them, in order."""
    assert held_by(claim, evidence) == missing


def test_other_languages() -> None:
    """The claim and its evidence may be in different languages, and numbers in words count in both."""
    assert held_by("le 12 juin 2021, vingt-trois morts", ["23 morts le 12 juin 2021"], "fr") == []
    russian = ["12 июня 2021 года погибли двадцать три человека, двести тридцать пять ранены"]
    assert held_by("23 killed, 235 wounded on June 12, 2021", russian, evidence_languages=["ru"]) == []
    assert held_by("24 killed on June 13, 2021", russian, evidence_languages=["ru"]) == ["24", "June 13, 2021"]


@pytest.mark.parametrize(
    ("quote", "figures"),
    [
        ("At 02:40 the sirens", ["40", "2"]),
        ("14 June 2021", ["14", "2021"]),
        ("on June 14, 2021, and on June 15 the", ["14", "2021", "15"]),
        ("on June 14 people met; from January 3-29.", ["14", "3", "29"]),
        ("2021-06-14 and 2021-06-14T10:20", ["2021", "6", "14", "10", "20"]),
        ("14/06/2021, 14/06/21 and 14.6.21", ["14", "6", "2021", "21"]),
        ("In June 2021 people met", ["2021"]),
        ("€1.4 million", ["1.4"]),
    ],
)
def test_what_is_no_figure(quote: str, figures: list[str]) -> None:
    """The parts of a date and of a time of day, and the number before "million", prove no figure."""
    assert [figure for figure in figures if figure_said(quote, Decimal(figure))] == []


@pytest.mark.parametrize(
    ("quote", "figures"),
    [
        ("on June 12, 2021, 54,841 hectares and 15 soldiers", ["54841", "15"]),
        ("On November 10, 2020, 20 citizens, 10 of them civilians", ["20", "10"]),
        ("In November 20 people died; in June, 1500 people fled", ["20", "1500"]),
        ("After November 10, 2020, 266 Azerbaijani citizens", ["266"]),
        ("The 2021 mines of 1994", ["2021", "1994"]),
        ("At 02:40 on 2 June, 40 cars and two buses; €1.4 million", ["40", "2", "1400000"]),
        ("a vote of 3:0, 14.30 euros", ["3", "0", "14.3"]),
    ],
)
def test_what_is_a_figure(quote: str, figures: list[str]) -> None:
    """A count is a figure, whatever dates and times stand beside it, and so is a year that stands alone."""
    assert [figure for figure in figures if not figure_said(quote, Decimal(figure))] == []


def test_figures_in_other_languages() -> None:
    """A date is known by the months of the quote's language."""
    assert not figure_said("am 14. Juni 2021", Decimal(14), "de")
    assert not figure_said("14 июня 2021 года", Decimal(2021), "ru")
    assert figure_said("am 14. Juni 15 Autos", Decimal(15), "de")
