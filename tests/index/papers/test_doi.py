"""DOIs: what authors write into the field is read as the DOIs they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.papers.doi import make_doi_url, read_dois
from tests.growth import cpu_s


@pytest.mark.parametrize(
    ("field", "dois"),
    [
        ("10.1103/PhysRevD.75.124007", ["10.1103/PhysRevD.75.124007"]),
        (
            "10.1103/A.1 10.1103/B.2\n  10.1103/C.3",
            ["10.1103/A.1", "10.1103/B.2", "10.1103/C.3"],
        ),
        ("10.1007/a-x, 10.1007/b-y", ["10.1007/a-x", "10.1007/b-y"]),
        ("10.1000/1;10.1000/2", ["10.1000/1", "10.1000/2"]),
        ("10.1063/1.4999687 10.1063/1.4999687", ["10.1063/1.4999687"]),
        ("10.1063/ABC 10.1063/abc", ["10.1063/ABC"]),
        ("https://doi.org/10.1000/a%3Cb", ["10.1000/a<b"]),
        ("http://dx.doi.org/10.1000/x", ["10.1000/x"]),
        ("doi.org/10.1000/x", ["10.1000/x"]),
        ("doi:10.1000/x", ["10.1000/x"]),
        ("DOI: 10.1000/x", ["10.1000/x"]),
        ("DOI 10.1000/182 and DOI: 10.1000/183", ["10.1000/182", "10.1000/183"]),
        ("<https://doi.org/10.1000/q>", ["10.1000/q"]),
        (
            "10.1175/1520(1996)053<0946:AS>2.0.CO;2",
            ["10.1175/1520(1996)053<0946:AS>2.0.CO;2"],
        ),
        (
            "10.1175/1520(1996)053&lt;0946:AS&gt;2.0.CO;2",
            ["10.1175/1520(1996)053<0946:AS>2.0.CO;2"],
        ),
        ('10.1000/"quoted"', ['10.1000/"quoted"']),
        ("21.11130/00-1735-0000-0005-<146A>&-E", ["21.11130/00-1735-0000-0005-<146A>&-E"]),
        ("10.1063/1.4821616]", ["10.1063/1.4821616"]),
        ("10.1016/S0375(97)00001-1.", ["10.1016/S0375(97)00001-1"]),
        ("(10.1000/x(3))", ["10.1000/x(3)"]),
        ("10. 1145/3154499", []),
        ("1904.04794", []),
        ("0.1007/s10652-005-0611-3", []),
        ("10.1063/", []),
        ("", []),
    ],
)
def test_a_field_is_read_as_its_dois(field, dois):
    assert list(read_dois(field)) == dois


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("10.1175/1<2:A>3;4", "https://doi.org/10.1175/1%3C2:A%3E3;4"),
        ('10.1000/"a b"?#', "https://doi.org/10.1000/%22a%20b%22%3F%23"),
    ],
)
def test_an_address_has_every_other_sign_encoded(doi, address):
    assert make_doi_url(doi) == address


@given(st.text(max_size=40))
def test_any_field_is_read(text):
    for doi in read_dois(text):
        assert doi in read_dois(doi)
        assert not any(sign.isspace() for sign in doi)


@pytest.mark.parametrize(
    "field",
    ["," * 10_000 + "x", "doi" + " " * 10_000, "10.1000/" + ")" * 10_000, ";" * 10_000],
)
def test_odd_fields_of_full_length_are_read_at_once(field):
    assert cpu_s(read_dois, field) < 0.3
