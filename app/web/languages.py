"""Languages of the interface: their choice, texts, numbers and dates."""

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
"""The languages of the interface: code, and name in that language."""

_CATALOGS = Path(__file__).parent / "locale"
_DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface."""

    code: str
    translations: NullTranslations
    locale: Locale

    def translate(self, text: str) -> str:
        """Translate a text of the catalog; return any other text unchanged."""
        return self.translations.gettext(text)

    def name_category(self, code: str) -> str:
        """Return the name of a category, or its code if it is unknown."""
        known = CATEGORIES.get(code)
        return self.translate(known.name) if known else code

    def format_number(self, number: float) -> str:
        """Format a number with the language's separators."""
        return _format_number(number, self.locale)

    def name_language(self, tag: str) -> str:
        """Return the name of a language, or its tag if it is unknown."""
        try:
            name = Locale.parse(tag, sep="-").get_display_name(self.code)
        except (ValueError, UnknownLocaleError):
            return tag
        return name or tag

    def format_day(self, day: date) -> str:
        """Format a date, with the month as a word."""
        return _format_day(day, self.locale)

    def format_span(self, first: date, last: date) -> str:
        """Format a range of days: a day with its weekday, a whole month, or both ends."""
        if first == last:
            return format_date(first, format="full", locale=self.locale)
        if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
            return format_skeleton("yMMMM", first, locale=self.locale)
        return format_interval(first, last, "yMMMd", locale=self.locale)

    def format_short_span(self, first: date, last: date) -> str:
        """Format a range of days as in a line of text: a day with a short weekday."""
        if first == last:
            return format_skeleton("yMMMEd", first, locale=self.locale)
        return self.format_span(first, last)

    def format_month_day(self, day: date) -> str:
        """Format a day of a year that is known."""
        return format_skeleton("MMMMd", day, locale=self.locale)

    def list_weekdays(self) -> list[str]:
        """Return the short names of the weekdays, from Monday on."""
        names = get_day_names("abbreviated", locale=self.locale)
        return [names[number] for number in range(7)]


@lru_cache(maxsize=65_536)
def _format_number(number: float, locale: Locale) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(maxsize=65_536)
def _format_day(day: date, locale: Locale) -> str:
    return format_date(day, format="medium", locale=locale)


@cache
def load_language(code: str) -> Language:
    """Load a language of LANGUAGES by code; its catalog is read once."""
    return Language(code, _load_translations(code), Locale.parse(code))


def _load_translations(code: str) -> NullTranslations:
    """Load a catalog: a wheel has it compiled, a checkout has its source."""
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


def get_explicit_language(request: Request) -> str | None:
    """Return the code in ?lang=, or None if it is missing or unknown."""
    code = request.query_params.get("lang", "")
    return code if code in LANGUAGES else None


def choose_language(request: Request) -> Language:
    """Return the language of ?lang=, else the first of Accept-Language that we have."""
    if code := get_explicit_language(request):
        return load_language(code)
    for wanted in _rank_accepted(request.headers.get("accept-language", "")):
        if wanted in LANGUAGES:
            return load_language(wanted)
    return load_language(_DEFAULT)


def _rank_accepted(header: str) -> list[str]:
    """Return primary language codes, most preferred first (RFC 9110, 12.5.4)."""
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
