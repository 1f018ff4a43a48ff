"""Which language a page is in, and its words, numbers and dates."""

import io
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from fastapi import Request

from index import CATEGORIES

LANGUAGES = {"en": "English", "zh": "中文"}
"""The languages of the interface: code, and its name in itself."""

_CATALOGS = Path(__file__).parent / "locale"
_DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface."""

    code: str
    translations: NullTranslations
    locale: Locale

    def said(self, text: str) -> str:
        """Return a text of the catalog in the language, any other as it is."""
        return self.translations.gettext(text)

    def category_name(self, code: str) -> str:
        """Return what a category is called, or its code where that is not known."""
        known = CATEGORIES.get(code)
        return self.said(known.name) if known else code

    def number(self, number: float) -> str:
        """Write a number with the language's separators."""
        return _grouped(number, self.locale)

    def language_name(self, tag: str) -> str:
        """Return what a language is called, or its tag where that is not known."""
        try:
            name = Locale.parse(tag, sep="-").get_display_name(self.code)
        except (ValueError, UnknownLocaleError):
            return tag
        return name or tag

    def day(self, day: date) -> str:
        """Write a date, month in letters."""
        return _formatted(day, self.locale)

    def span(self, first: date, last: date) -> str:
        """Write a day with its weekday, a whole month, or the days from one to another."""
        if first == last:
            return format_date(first, format="full", locale=self.locale)
        if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
            return format_skeleton("yMMMM", first, locale=self.locale)
        return format_interval(first, last, "yMMMd", locale=self.locale)

    def weekdays(self) -> list[str]:
        """Return the short names of the days of a week, from Monday on."""
        names = get_day_names("abbreviated", locale=self.locale)
        return [names[number] for number in range(7)]


@lru_cache(maxsize=65_536)
def _grouped(number: float, locale: Locale) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(maxsize=65_536)
def _formatted(day: date, locale: Locale) -> str:
    return format_date(day, format="medium", locale=locale)


@cache
def language(code: str) -> Language:
    """Return a language of LANGUAGES by code; its catalog is read once."""
    return Language(code, _translations(code), Locale.parse(code))


def _translations(code: str) -> NullTranslations:
    """Read a catalog: a wheel has it compiled, a checkout as it is written."""
    compiled = _CATALOGS / code / "LC_MESSAGES" / "winnow.mo"
    if compiled.exists():
        with compiled.open("rb") as file:
            return Translations(file)
    written = compiled.with_suffix(".po")
    if not written.exists():
        return NullTranslations()
    packed = io.BytesIO()
    with written.open("rb") as file:
        write_mo(packed, read_po(file, locale=code))
    packed.seek(0)
    return Translations(packed)


def chosen(request: Request) -> str | None:
    """Return the language that the address asks for with ?lang=, if there is such."""
    code = request.query_params.get("lang", "")
    return code if code in LANGUAGES else None


def preferred(request: Request) -> Language:
    """Return the language of ?lang=, else the first of Accept-Language we speak."""
    if code := chosen(request):
        return language(code)
    for wanted in _accepted(request.headers.get("accept-language", "")):
        if wanted in LANGUAGES:
            return language(wanted)
    return language(_DEFAULT)


def _accepted(header: str) -> list[str]:
    """Return primary language codes, most wanted first (RFC 9110, 12.5.4)."""
    ranked = []
    for position, part in enumerate(header.split(",")[:20]):
        tag, _, weight = part.lower().partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if quality > 0:
            code = tag.partition("-")[0].strip().lower()
            ranked.append((-quality, position, code))
    return [code for _, _, code in sorted(ranked)]
