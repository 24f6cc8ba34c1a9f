"""Dates in the words of the languages that are shipped, each phrase as a reader of that language would say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest
from conftest import REPOSITORY
from hypothesis import given
from hypothesis import strategies as st
from test_date_display import read

from dateline.date_display import DateDisplay
from dateline.dates import parse
from dateline.templating import roots_of
from dateline.words import words_for

TEXTS: Sequence[str] = (
    "1990~",
    "2022-10~",
    "2021-04-04?",
    "199X",
    "19XX",
    "../1994-06-12",
    "../1994-06",
    "../1994",
    "../-0043",
    "2020-11-10/..",
    "2020-11/..",
    "2020/..",
    "/1994",
    "1994/",
    "[1670..1672]",
    "2004-1X",
    "2004-06-1X",
    "[1994..]",
    "2001-21",
    "2001-41",
    "2004-XX",
    "156X-12-25",
    "1950S2",
    "XXXX",
)
SAID: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "az": (
            "təxminən 1990",
            "təxminən oktyabr 2022",
            "4 aprel 2021 (dəqiqləşdirilməyib)",
            "1990–1999-cu illər",
            "XX əsr",
            "12 iyun 1994 tarixindən əvvəl",
            "iyun 1994 tarixindən əvvəl",
            "1994 tarixindən əvvəl",
            "e.ə. 44 tarixindən əvvəl",
            "10 noyabr 2020 tarixindən",
            "noyabr 2020 tarixindən",
            "2020 tarixindən",
            "son: 1994 (başlanğıcı məlum deyil)",
            "başlanğıc: 1994 (sonu məlum deyil)",
            "1670 ilə 1672 arasında",
            "oktyabr 2004 ilə dekabr 2004 arasında",
            "10 iyun 2004 ilə 19 iyun 2004 arasında",
            "1994 və ya daha gec",
            "yaz 2001",
            "2001, ikinci yarımillik",
            "2004 (ayı məlum deyil)",
            "25 dekabr, 1560–1569-cu illər",
            "təxminən 1950, 1900 ilə 1999 arasında",
            "tarix məlum deyil",
        ),
        "hy": (
            "մոտավորապես 1990",
            "մոտավորապես 2022 թ․ հոկտեմբեր",
            "04 ապրիլի, 2021 թ. (անստույգ)",
            "1990-ականներ",
            "XX դար",
            "մինչև 12 հունիսի, 1994 թ.",
            "մինչև 1994 թ․ հունիս",
            "մինչև 1994 թ.",
            "մինչև մ.թ.ա. 44 թ.",
            "սկսած 10 նոյեմբերի, 2020 թ.-ից",
            "սկսած 2020 թ․ նոյեմբեր ամսից",
            "սկսած 2020 թ.-ից",
            "ավարտը՝ 1994 (սկիզբն անհայտ է)",
            "սկիզբը՝ 1994 (ավարտն անհայտ է)",
            "1670 և 1672 թթ. միջև",
            "2004 թ․ հոկտեմբեր և 2004 թ․ դեկտեմբեր ամիսների միջև",
            "10 հունիսի, 2004 թ.-ի և 19 հունիսի, 2004 թ.-ի միջև",
            "1994 կամ ավելի ուշ",
            "2001 թ. գարուն",
            "2001 թ. երկրորդ կիսամյակ",
            "2004 (ամիսն անհայտ է)",
            "25 դեկտեմբերի, 1560-ականներ",
            "մոտավորապես 1950 (1900 – 1999)",
            "ամսաթիվն անհայտ է",
        ),
        "ru": (
            "примерно 1990",
            "примерно октябрь 2022\u202fг.",
            "4 апреля 2021\u202fг. (под вопросом)",
            "1990-е годы",
            "XX век",
            "до 12 июня 1994\u202fг.",
            "до июня 1994\u202fг.",
            "до 1994\u202fг.",
            "до 44\u202fг. до н. э.",
            "с 10 ноября 2020\u202fг.",
            "с ноября 2020\u202fг.",
            "с 2020\u202fг.",
            "окончание: 1994 (начало неизвестно)",
            "начало: 1994 (окончание неизвестно)",
            "между 1670 и 1672\u202fгг.",
            "в период с октября 2004\u202fг. по декабрь 2004\u202fг.",
            "между 10 июня 2004\u202fг. и 19 июня 2004\u202fг.",
            "1994 или позже",
            "весна 2001\u202fг.",
            "второе полугодие 2001\u202fг.",
            "2004 (месяц неизвестен)",
            "25 декабря, 1560-е годы",
            "примерно 1950 (1900 – 1999)",
            "дата неизвестна",
        ),
        "tr": (
            "yaklaşık 1990",
            "yaklaşık Ekim 2022",
            "4 Nisan 2021 (kesin değil)",
            "1990–1999 yılları",
            "20. yüzyıl",
            "12 Haziran 1994 öncesi",
            "Haziran 1994 öncesi",
            "1994 öncesi",
            "MÖ 44 öncesi",
            "10 Kasım 2020 tarihinden beri",
            "Kasım 2020 tarihinden beri",
            "2020 yılından beri",
            "bitiş: 1994 (başlangıcı bilinmiyor)",
            "başlangıç: 1994 (bitişi bilinmiyor)",
            "1670 ile 1672 arasında",
            "Ekim 2004 ile Aralık 2004 arasında",
            "10 Haziran 2004 ile 19 Haziran 2004 arasında",
            "1994 veya sonrası",
            "ilkbahar 2001",
            "2001, ikinci yarıyıl",
            "2004 (ayı bilinmiyor)",
            "25 Aralık, 1560–1569 yılları",
            "yaklaşık 1950, 1900 ile 1999 arasında",
            "tarih bilinmiyor",
        ),
        "fr": (
            "env. 1990",
            "env. octobre 2022",
            "4 avril 2021 (date incertaine)",
            "années 1990",
            "XXᵉ siècle",
            "avant le 12 juin 1994",
            "avant juin 1994",
            "avant 1994",
            "avant 44 av. J.-C.",
            "depuis le 10 novembre 2020",
            "depuis novembre 2020",
            "depuis 2020",
            "fin\xa0: 1994 (début inconnu)",
            "début\xa0: 1994 (fin inconnue)",
            "entre 1670 et 1672",
            "entre octobre 2004 et décembre 2004",
            "entre le 10 juin 2004 et le 19 juin 2004",
            "1994 ou plus tard",
            "printemps 2001",
            "second semestre de 2001",
            "2004 (mois inconnu)",
            "25 décembre, années 1560",
            "env. 1950, entre 1900 et 1999",
            "date inconnue",
        ),
        "es": (
            "aprox. 1990",
            "aprox. octubre de 2022",
            "4 de abril de 2021 (fecha incierta)",
            "década de 1990",
            "siglo XX",
            "antes del 12 de junio de 1994",
            "antes de junio de 1994",
            "antes de 1994",
            "antes de 44 a. C.",
            "desde el 10 de noviembre de 2020",
            "desde noviembre de 2020",
            "desde 2020",
            "fin: 1994 (inicio desconocido)",
            "inicio: 1994 (fin desconocido)",
            "entre 1670 y 1672",
            "entre octubre de 2004 y diciembre de 2004",
            "entre el 10 de junio de 2004 y el 19 de junio de 2004",
            "1994 o después",
            "primavera de 2001",
            "segundo semestre de 2001",
            "2004 (mes desconocido)",
            "25 de diciembre, década de 1560",
            "aprox. 1950, entre 1900 y 1999",
            "fecha desconocida",
        ),
        "de": (
            "etwa 1990",
            "etwa Oktober 2022",
            "4. April 2021 (unsicher)",
            "1990er Jahre",
            "20. Jahrhundert",
            "vor dem 12. Juni 1994",
            "vor Juni 1994",
            "vor 1994",
            "vor 44 v. Chr.",
            "seit dem 10. November 2020",
            "seit November 2020",
            "seit 2020",
            "Ende: 1994 (Beginn unbekannt)",
            "Beginn: 1994 (Ende unbekannt)",
            "zwischen 1670 und 1672",
            "zwischen Oktober 2004 und Dezember 2004",
            "zwischen dem 10. Juni 2004 und dem 19. Juni 2004",
            "1994 oder später",
            "Frühjahr 2001",
            "zweites Halbjahr 2001",
            "2004 (Monat unbekannt)",
            "25. Dezember, 1560er Jahre",
            "etwa 1950, zwischen 1900 und 1999",
            "Datum unbekannt",
        ),
        "ar": (
            "نحو 1990",
            "نحو أكتوبر 2022",
            "4 أبريل 2021 (غير مؤكد)",
            "الأعوام 1990–1999",
            "القرن 20",
            "قبل 12 يونيو 1994",
            "قبل يونيو 1994",
            "قبل عام 1994",
            "قبل 44 ق.م",
            "منذ 10 نوفمبر 2020",
            "منذ نوفمبر 2020",
            "منذ عام 2020",
            "النهاية: 1994 (البداية غير معروفة)",
            "البداية: 1994 (النهاية غير معروفة)",
            "بين عامي 1670 و1672",
            "بين أكتوبر 2004 وديسمبر 2004",
            "بين 10 يونيو 2004 و19 يونيو 2004",
            "1994 أو بعد ذلك",
            "ربيع 2001",
            "النصف الثاني من عام 2001",
            "2004 (الشهر غير معروف)",
            "25 ديسمبر، الأعوام 1560–1569",
            "نحو 1950، بين 1900 و1999",
            "التاريخ غير معروف",
        ),
    }
)


def display_in(language: str) -> DateDisplay:
    """Return what says dates in a language, with the words that are shipped."""
    return DateDisplay(language, words_for(language, roots_of(REPOSITORY)).gettext)


@pytest.mark.parametrize("language", SAID)
def test_phrases_are_those_of_the_language(language: str) -> None:
    """The article, the case of the month and the order of the words are the language's own in every phrase."""
    display = display_in(language)
    assert [display.full(read(text)) for text in TEXTS] == list(SAID[language])


@pytest.mark.parametrize(
    ("language", "short"),
    [
        ("az", ["12 iyn tarixindən əvvəl", "təxminən okt"]),
        ("hy", ["մինչև 12 հնս", "մոտավորապես հոկ"]),
        ("ru", ["до 12 июн.", "примерно окт."]),
        ("tr", ["12 Haz öncesi", "yaklaşık Eki"]),
        ("fr", ["avant le 12 juin", "env. oct."]),
        ("es", ["antes del 12 jun", "aprox. oct"]),
        ("de", ["vor dem 12. Juni", "etwa Okt"]),
        ("ar", ["قبل 12 يونيو", "نحو أكتوبر"]),
    ],
)
def test_phrases_are_short_in_the_margin(language: str, short: Sequence[str]) -> None:
    """Under a heading with the year, phrases hold the short names of months."""
    display = display_in(language)
    assert [display.short(read(text)) for text in ("../1994-06-12", "2022-10~")] == short


def test_spanish_changes_its_and_and_or_before_the_same_sound() -> None:
    """Where "7 o 8" would be hard to say, Spanish has "7 u 8"; "octubre" likewise."""
    spanish = display_in("es")
    assert spanish.full(read("[2020-11-07,2020-11-08]")) == "7 u 8 de noviembre de 2020"
    assert spanish.full(read("[2020-09,2020-10]")) == "septiembre de 2020 u octubre de 2020"
    assert spanish.full(read("[2020-11-18,2020-11-19]")) == "18 o 19 de noviembre de 2020"
    assert spanish.full(read("{2020-23,2020-24}")) == "otoño de 2020 e invierno de 2020"


@given(
    st.sampled_from([display_in(language) for language in SAID]),
    st.from_regex(
        r"(\.\./|\[|\[\.\.|\{)?-?[0-9X]{4}(-(0[1-9X]|1[0-2X]|2[0-9]|3[0-9]|4[01]|XX)(-([0-2X][0-9X]|3[01]))?)?[?~%]?"
        r"(\]|\}|\.\.\]|\.\.2[0-9]{3}\]|/|/\.\.|/-?[0-9]{4}(-0[1-9])?~?)?",
        fullmatch=True,
    ),
)
def test_every_date_is_said_whole_and_without_english(display: DateDisplay, text: str) -> None:
    """No date leaves a place unfilled, and none is said with an English phrase."""
    date = parse(text)
    if date is None:
        return
    for shown in (display.full(date), display.short(date), display.year_heading(date)):
        assert shown.strip() == shown != ""
        assert not set("{}") & set(shown)
        assert not {"about", "before", "since", "between", "unknown", "uncertain", "century", "or", "and"} & set(
            shown.replace("(", " ").replace(")", " ").split()
        )
