from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import ArxivId, BadId
from index.papers.arxiv_id import MAX_IDS, find_first_day, read_ids

ARCHIVES = ["hep-th", "math", "cs", "cmp-lg", "astro-ph", "q-bio", "solv-int"]


@st.composite
def canonical_ids(draw):
    """An id in canonical form, of any of the three schemes."""
    month = draw(st.integers(1, 12))
    scheme = draw(st.sampled_from(["old", "short", "long"]))
    if scheme == "old":
        year = draw(st.integers(1991, 2006))
        number = draw(st.integers(1, 999))
        archive = draw(st.sampled_from(ARCHIVES))
        return f"{archive}/{year % 100:02}{month:02}{number:03}"
    if scheme == "short":
        year = draw(st.integers(2008, 2014))
        return f"{year % 100:02}{month:02}.{draw(st.integers(1, 9999)):04}"
    year = draw(st.integers(2015, 2040))
    return f"{year % 100:02}{month:02}.{draw(st.integers(1, 99999)):05}"


WRAPPERS = [
    "{}",
    " {}\n",
    "arXiv:{}",
    "arxiv: {}",
    "oai:arXiv.org:{}",
    "https://arxiv.org/abs/{}",
    "http://www.arxiv.org/abs/{}?context=cs.LG",
    "https://export.arxiv.org/abs/{}#versions",
    "https://arxiv.org/pdf/{}",
    "https://arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/html/{}/",
    "arxiv.org/abs/{}",
]
DOIS = [
    "10.48550/arXiv.{}",
    "doi:10.48550/arxiv.{}",
    "https://doi.org/10.48550/arXiv.{}",
    "http://dx.doi.org/10.48550/ARXIV.{}",
]


@given(canonical_ids(), st.sampled_from(WRAPPERS + DOIS))
def test_a_canonical_id_is_itself_in_any_wrapping(paper_id, wrapper):
    assert ArxivId.parse(wrapper.format(paper_id)) == ArxivId(id=paper_id)


@given(canonical_ids(), st.sampled_from(WRAPPERS + DOIS), st.integers(1, 120))
def test_a_version_is_read_in_any_wrapping(paper_id, wrapper, version):
    found = ArxivId.parse(wrapper.format(f"{paper_id}v{version}"))

    assert found == ArxivId(id=paper_id, version=version)


@given(canonical_ids())
def test_a_quoted_slash_in_a_url_is_a_slash(paper_id):
    url = f"https://arxiv.org/abs/{quote(paper_id, safe='')}"

    assert ArxivId.parse(url).id == paper_id


@given(canonical_ids())
def test_the_month_of_an_id_is_found(paper_id):
    day = find_first_day(paper_id)

    digits = paper_id.rpartition("/")[2]
    assert f"{day:%y%m}" == digits[:4]
    assert day.day == 1
    assert 1991 <= day.year <= 2040


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("cs.CL/0001001", "cs/0001001"),
        ("cond-mat.mes-hall/0001001", "cond-mat/0001001"),
        ("HEP-TH/9901001", "hep-th/9901001"),
        ("1406.02661", "1406.2661"),
        ("1501.1234", "1501.01234"),
        ("0704.0001", "0704.0001"),
        ("quant-ph/0703001", "quant-ph/0703001"),
        ("cs.CL/2401.00001", "2401.00001"),
        ("https://papers.cool/arxiv/2401.00001", "2401.00001"),
        ("https://huggingface.co/papers/2401.00001", "2401.00001"),
    ],
)
def test_other_ways_to_write_an_id_become_the_canonical_one(text, canonical):
    assert ArxivId.parse(text).id == canonical


def test_archives_that_share_numbers_stay_apart():
    assert ArxivId.parse("cmp-lg/9808001") != ArxivId.parse("cs/9808001")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "v1",
        "attention",
        "2401",
        "2401.1",
        "2401.123456",
        "2401.00000",  # numbers begin at 1
        "2413.00001",  # no such month
        "2400.00001",
        "1412.12345",  # four digits up to 1412
        "0703.0001",  # the new scheme began in April 2007
        "quant-ph/0704001",  # the old one ended then
        "hep-th/9013001",
        "hep-th/9001001",  # before arXiv
        "hep-th/9901000",
        "hep-th/990100",
        "hep-th/99010011",
        "novel-th/9901001",  # no such archive
        "9901001",
        "2401.00001v0",
        "2401.00001v",
        "2401.00001v1000",
        "2401.00001 and more",
        "https://arxiv.org/",
        "https://arxiv.org/list/cs.LG/recent",
        "https://example.org/abs/2401.00001",
        "10.1023/A:1026654312961",
        "٢٤٠١.٠٠٠٠١",  # digits are ASCII
        "2401．00001",
        "2401.00001\x00",
    ],
)
def test_what_is_no_id_is_refused_and_quoted(text):
    with pytest.raises(BadId) as refusal:
        ArxivId.parse(text)

    assert repr(text.strip()[:80]) in str(refusal.value)


FRAGMENTS = st.sampled_from(
    [
        *("arxiv:", "https://arxiv.org/abs/", "10.48550/arXiv.", "hep-th/", "math.GT/"),
        *("2401.", "00001", "9901001", "v2", ".pdf", "%2F", "%", "?", "#", "/", "v", " "),
    ]
)


@given(st.text() | st.lists(FRAGMENTS, max_size=8).map("".join))
def test_junk_raises_nothing_but_bad_id(text):
    try:
        found = ArxivId.parse(text)
    except BadId:
        return

    assert ArxivId.parse(found.id) == ArxivId(id=found.id)


@given(st.text(max_size=5_000) | st.lists(FRAGMENTS, max_size=20).map("".join))
def test_looking_for_ids_never_fails(text):
    read_ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "2401.00001 hep-th/9901001v2",
        "2401.00001,hep-th/9901001v2",
        "2401.00001; arXiv: hep-th/9901001v2\n",
        "https://arxiv.org/abs/2401.00001\nhttps://arxiv.org/pdf/hep-th/9901001v2",
    ],
)
def test_a_list_of_ids_is_read_in_order(text):
    assert read_ids(text) == [
        ArxivId(id="2401.00001"),
        ArxivId(id="hep-th/9901001", version=2),
    ]


@pytest.mark.parametrize("text", ["", " ,;", "2401.00001 attention", "see 2401.00001"])
def test_a_text_with_anything_else_is_no_list_of_ids(text):
    assert read_ids(text) == []


def test_only_so_many_ids_are_read():
    text = " ".join(f"2401.{number:05}" for number in range(1, MAX_IDS + 3))

    assert len(read_ids(text)) == MAX_IDS


def test_the_month_of_an_old_id_may_be_in_either_century():
    assert find_first_day("hep-th/9901001") == date(1999, 1, 1)
    assert find_first_day("math/0309136") == date(2003, 9, 1)
    assert find_first_day("2401.00001") == date(2024, 1, 1)
