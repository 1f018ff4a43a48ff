"""English and Chinese: which is chosen, and that nothing is left untranslated."""

import re
from datetime import date
from functools import cache

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.home.page import EXAMPLES
from app.web.assets import Assets
from app.web.languages import LANGUAGES, load_language
from app.web.templates import Templates
from index import CATEGORIES
from tests.app.markup import TEMPLATES, Markup

ENGLISH, CHINESE = "Search", "检索"


def spoken(response):
    page = Markup(response.text)
    code = page.one("html")["lang"]
    assert response.headers["content-language"] == code
    assert (
        page.all("button", type="submit")[0].text == ({"en": ENGLISH, "zh": CHINESE}[code])
    )
    return code


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        (None, "en"),
        ("", "en"),
        ("zh", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("ZH-hant", "zh"),
        ("en-GB, zh", "en"),
        ("en;q=0.2, zh;q=0.7", "zh"),
        ("en; q=0.2, zh; q=0.7", "zh"),
        ("fr, de;q=0.9, zh;q=0.1", "zh"),
        ("fr-CH, fr;q=0.9", "en"),
        ("*", "en"),
        ("zh;q=0", "en"),
        ("zh;q=0.0, en;q=0.1", "en"),
        ("zh;q=x, en", "en"),
        ("zh;q=nan", "en"),
        (",;,;q=,", "en"),
        ("x" * 10_000, "en"),
        ("fr," * 1_000 + "zh", "en"),
    ],
)
def test_a_page_is_in_the_language_most_wanted(client, accepted, code):
    headers = {} if accepted is None else {"Accept-Language": accepted}
    assert spoken(client.get("/search", headers=headers)) == code


def test_an_address_with_a_language_decides(client):
    headers = {"Accept-Language": "en"}
    assert spoken(client.get("/?lang=zh", headers=headers)) == "zh"
    headers = {"Accept-Language": "zh"}
    assert spoken(client.get("/?lang=en", headers=headers)) == "en"


@pytest.mark.parametrize("code", ["xx", "", "ZH", "zh-CN", "../zh", "\x00", "中文"])
def test_an_unknown_language_is_as_if_none_were_named(client, code):
    headers = {"Accept-Language": "zh"}
    response = client.get("/", params={"lang": code}, headers=headers)
    assert spoken(response) == "zh"
    hrefs = [a["href"] for a in Markup(response.text).all("a")]
    assert [href for href in hrefs if "lang=" in href] == ["/?lang=en"]


def test_caches_are_told_that_pages_differ_by_language(client):
    assert "Accept-Language" in client.get("/").headers["vary"]


INTERNAL = re.compile(r"/(?!static/|api/openapi|api/export)")  # those have no language


@pytest.mark.parametrize(
    "address",
    [
        "/?lang=zh",
        "/search?lang=zh",
        "/search?q=lattice&lang=zh",
        "/search?q=zzzzzz&lang=zh",
        "/search?q=common&sort=oldest&page=2&lang=zh",
        "/paper/2401.00002?lang=zh",
        "/api/docs?lang=zh",
        "/nowhere?lang=zh",
    ],
)
def test_a_chosen_language_is_kept_by_every_link_and_the_form(crowded, address):
    response = crowded.get(address)
    assert spoken(response) == "zh"
    page = Markup(response.text)
    links = [a for a in page.all("a") if INTERNAL.match(a["href"])]
    assert links
    for link in links:
        code = "en" if link["hreflang"] == "en" else "zh"
        assert f"lang={code}" in link["href"], link["href"]
    for form in page.all("form"):
        if form["action"].startswith("/api/"):
            continue  # a file has no language
        hidden = [e for e in page.all("input", name="lang") if e.parent is form]
        assert [e["value"] for e in hidden] == ["zh"]


def test_a_chosen_language_is_kept_by_redirects(client):
    for address in ("/search?q=1706.03762&lang=zh", "/paper/1706.03762v1?lang=zh"):
        assert client.get(address).headers["location"] == "/paper/1706.03762?lang=zh"


def test_a_language_that_was_not_chosen_is_not_put_into_links(client):
    page = Markup(client.get("/search?q=lattice").text)
    named = [a for a in page.all("a") if "lang=" in (a["href"] or "")]
    assert [a["hreflang"] for a in named] == ["zh"]
    assert not page.all("input", name="lang")


def test_the_other_language_shows_the_same_page(crowded):
    address = "/search?q=common&sort=oldest&page=2"
    page = Markup(crowded.get(address).text)
    other = crowded.get(page.one("a", hreflang="zh")["href"])
    assert spoken(other) == "zh"
    assert Markup(other.text).one("ol", class_="papers")["start"] == "21"
    back = Markup(other.text).one("a", hreflang="en")["href"]
    assert spoken(crowded.get(back)) == "en"


def test_categories_and_errors_are_in_the_readers_language(crowded):
    page = Markup(crowded.get("/categories?lang=zh").text)
    assert "机器学习" in page.one("main").text
    assert "Machine Learning" not in page.one("main").text
    cards = Markup(crowded.get("/search?q=common&lang=zh").text)
    assert "机器学习" in cards.all("span", class_="subject")[0].text
    trouble = Markup(crowded.get("/arxiv/cs.LG?date=x&lang=zh").text)
    assert "日期写作" in trouble.all("p", class_="lead")[0].text
    assert len(trouble.all("p", class_="lead")) == 1


def test_numbers_and_dates_are_written_as_the_language_does():
    assert load_language("en").format_number(1234567) == "1,234,567"
    assert load_language("zh").format_number(1234567) == "1,234,567"
    assert load_language("en").format_day(date(2024, 5, 1)) == "May 1, 2024"
    assert load_language("zh").format_day(date(2024, 5, 1)) == "2024年5月1日"


@cache
def messages():
    """Every message of the templates, as (singular, plural or None), and all categories."""
    named = {(n, None) for one in CATEGORIES.values() for n in (one.name, one.group)}
    found = extract_from_dir(
        TEMPLATES,
        method_map=[("**.html", "jinja2")],
        options_map={"**.html": {"trimmed": "true", "silent": "false"}},
    )
    return named | {
        message[:2] if isinstance(message, tuple) else (message, None)
        for _, _, message, _, _ in found
    }


def catalog(code):
    path = TEMPLATES.parent / "app/web/locale" / code / "LC_MESSAGES/winnow.po"
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


OTHERS = [code for code in LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)s|</?\w+[^>]*>")


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_of_the_templates_is_translated(code):
    known = catalog(code)
    found = set(messages())
    assert len(found) > 60
    for singular, plural in found:
        message = known.get(singular)
        assert message, f"{singular!r} is not in the catalog"
        assert not message.fuzzy, singular
        expected = (singular, plural) if plural else singular
        assert message.id == expected
        texts = message.string if plural else (message.string,)
        assert all(texts), f"{singular!r} has an empty translation"


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_is_of_a_message_that_is_gone(code):
    used = {singular for singular, _ in messages()}
    kept = {m.id[0] if m.pluralizable else m.id for m in catalog(code) if m.id}
    assert kept - used == set()


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_placeholders_and_tags_of_its_message(code):
    for message in catalog(code):
        if not message.id:
            continue
        expected = message.id[-1] if message.pluralizable else message.id
        texts = message.string if message.pluralizable else (message.string,)
        for text in texts:
            assert sorted(PLACEHOLDER.findall(text)) == sorted(
                PLACEHOLDER.findall(expected)
            ), expected


KEPT = {"Winnow", "API", "DOI", "JSON API", "Winnow: search and sift arXiv papers"}
"""Texts that are the same in Chinese."""

PAGES = [
    "/",
    "/search",
    "/search?q=common",
    "/search?q=common+-spin+ti:attention+au:hinton+2401.00001+year:2020&explain=1",
    '/search?q=common+OR+"of+the+lattice"~2+OR+latt*+OR+spin~1&mode=lexical',
    "/search?q=zz&cat=cs.LG&year=2020&has=doi&withdrawn=no",
    "/search?q=common&year=soon",
    "/search?q=common&mode=x",
    "/paper/x",
    "/paper/2401.00002",
    "/paper/2401.99999",
    "/arxiv/cs.LG",
    "/arxiv/cs.LG?date=1999-01-01",
    "/arxiv/cs.LG?date=x",
    "/arxiv/cs.LG?include=a",
    "/arxiv/cs.LG?include=zzzz&exclude=spin",
    "/arxiv/cs.XX",
    "/arxiv/2401.00002",
    "/categories",
    "/me",
    "/related",
    "/related?like=2401.00002",
    "/about/rendering",
    "/api/docs",
    "/nowhere",
]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_in_chinese_shows_an_english_phrase(crowded, address):
    """Neither as text nor in what is said of an element."""
    phrases = {m for pair in messages() for m in pair if m and "%(" not in m} - KEPT
    response = crowded.get(f"{address}{'&' if '?' in address else '?'}lang=zh")
    page = Markup(response.text)
    spoken(response)
    shown = {element.text for element in page.elements} - set(EXAMPLES)
    for element in page.elements:
        shown |= {element[name] for name in ("aria-label", "title", "placeholder")}
        shown |= {v for k, v in element.attributes.items() if k.startswith("data-")}
    assert not shown & phrases
    text = page.one("main").text
    assert [c.name for c in CATEGORIES.values() if c.name in text] == []


def test_a_template_has_its_constant_texts_in_the_language_of_its_environment():
    environment = Templates(Assets(), lambda _: _FILTERS).environments["zh"]
    source, *_ = environment.loader.get_source(environment, "_card.html")
    code = environment.compile(source, raw=True)

    assert load_language("zh").translate("Keywords") in code
    assert "gettext" not in code
    whole = environment.from_string('{{ _("Related") }} {{ _("100 %% <b>") }} {{ _(x) }}')
    assert whole.render(x="Related") == "相关 100 % <b> 相关"


_FILTERS = dict.fromkeys(("stamp", "render_text", "share_links"), str)
