"""Which numbers and dates of a claim stand in none of the texts that it rests on."""

from __future__ import annotations

import pytest

from dateline.evidence import held_by

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
