"""A person is found under each form in which a name is written."""

import json

import pytest

from index import Dump, Search, Shelf, rebuild
from index.papers.arxiv_id import ArxivId

RECORDS = {
    "2401.00001": [["Kingma", "Diederik P.", ""]],
    "2401.00002": [["Gool", "Luc Van", ""]],
    "2401.00003": [["Van Gool", "Luc", ""]],
    "2401.00004": [["Nguyen", "Tu Van", ""]],
    "2401.00005": "J.P.Hollow",
    "2401.00006": [["O'Brien", "Liam", ""]],
    "2401.00007": [["Müller", "Jürgen", ""]],
    "2401.00008": [["Mueller", "Juergen", ""]],
    "2401.00009": [["Chen", "Xi'an", ""]],
    "2401.00010": "Kim Minsu",
    "2401.00011": "Minsu Kim, Ho Kim, Jin Kim, Soo Kim",
    "2401.00012": "Ada Kim, Bea Kim",
    "2401.00013": "Eva Kim",
    "2401.00014": [["Roy", "Benjamin Van", ""], ["Rocca", "Marco La", ""]],
    "2401.00015": [["Ayed", "Ismail Ben", ""], ["Saddik", "Abdulmotaleb El", ""]],
    "2401.00016": [["Santo", "Anna Dal", ""], ["Linden", "Wesley Vander", ""]],
    "2401.00017": [["Heuvel", "E. P. J. van den", ""]],
    "2401.00018": [["Zhu", "Jun-Yan", ""]],
    "2401.00019": [["Garcia Marquez", "Gabriel Jose", ""]],
    "2401.00020": [["D'Angelo", "Maria", ""]],
    "2401.00021": [["Santosh", "KC", ""]],
    "2401.00022": [["Ørsted", "Åse", ""]],
    "2401.00023": [["Charpentier", "Ph.", ""]],
    "2401.00024": "E. Someone (for the CDF Collaboration)",
    "2401.00025": [["E", "Weinan", ""]],
    "2401.00026": "Oliver Labs",
    "2401.00027": "Haihong XU",
    "2401.00028": [["Smith-Jones", "Kate", ""]],
    "2401.00030": "L. VanGool and Piet Vandermeer",
    "2401.00031": "Ada Lovelace and Alan Turing",
    "2401.00032": "Ada Lovelace",
    "2401.00033": [["van der Meer", "Piet", ""]],
    "2401.00034": "Hans Jensen Sørensen",
    "2401.00035": "Dagmar von dem Bussche",
    "2401.00036": "Gerard 't Hooft, Wei Wang (王伟), 王 小明",
    "2401.00037": [["Hooft", "Gerard 't", ""], ["Nguyen", "V T", ""]],
    "2401.00038": "Smith J, Doe AB, OpenAI (XENON Collab.)",
    "2401.00039": "V. T. Nguyen, Gerard t'Hooft",
    "2401.00029": [["Kang", "Daniel", ""], ["Kingma", "Anna", ""]],
}


@pytest.fixture(scope="module")
def found(tmp_path_factory, record):
    """Return the ids, last two digits, of all papers found by an author's name."""
    directory = tmp_path_factory.mktemp("written")
    lines = []
    for paper_id, authors in RECORDS.items():
        named = "authors" if isinstance(authors, str) else "authors_parsed"
        lines.append(json.dumps(record(paper_id, **{named: authors})))
    (directory / "dump.jsonl").write_text("\n".join(lines))
    with Dump.open(directory / "dump.jsonl") as dump:
        rebuild(dump, directory / "data", watch=lambda *_: None)
    library = Shelf(directory / "data").library()

    def find(query):
        keys = library.engine.search(Search(query).understand(), limit=50).keys
        return {int(paper.id[-2:]) for paper in library.catalog.by_keys(list(keys))}

    return find


FORMS = [
    (["Kingma, Diederik P.", "Diederik P. Kingma", "Kingma, D. P.", "D P Kingma"], 1),
    (
        ["Kingma DP", "DP Kingma", "Kingma D P", "Kingma D.P.", "D.P.Kingma", "Kingma, DP"],
        1,
    ),
    (
        ["Kingma D", "kingma dp", "KINGMA, D.", "kingma_d", "D.P. Kingma", "Kingma, D.-P."],
        1,
    ),
    (["Van Gool, L", "Gool, L", "Luc Van Gool", "L Van Gool", "Van Gool L"], 2),
    (["Gool, Luc Van", "Van Gool, Luc", "Gool, L. V.", "Van Gool", "Gool LV"], 2),
    (["Van Gool, L", "Gool, L", "Luc Van Gool", "Gool, Luc Van", "Van Gool"], 3),
    (["Nguyen, Tu Van", "Tu Van Nguyen", "Nguyen TV", "Van Nguyen, Tu", "Nguyen, T"], 4),
    (["J.P.Hollow", "J. P. Hollow", "Hollow, J.", "Hollow JP", "JP Hollow", "Hollow"], 5),
    (["O'Brien", "OBrien", "O’Brien", "O'Brien, Liam", "OBrien L", "L OBrien"], 6),
    (["Müller", "Mueller", "Muller", "Jurgen Muller", "Mueller, J", "Müller J"], 7),
    (["Müller", "Mueller", "Jürgen Müller", "Juergen Mueller", "Mueller, J"], 8),
    (["Chen, Xi'an", "Xian Chen", "Chen, Xian", "Xi'an Chen", "Chen X"], 9),
    (["Kim Minsu", "Kim, Minsu", "Minsu Kim"], 10),
    (["Kim Minsu", "Kim, Minsu", "Minsu Kim", "Kim, M", "Kim M"], 11),
    (["Van Roy, B", "Roy, B", "Benjamin Van Roy", "La Rocca, M", "Marco La Rocca"], 14),
    (["Ben Ayed, I", "Ayed, I", "El Saddik, A", "Saddik, A", "Ben Ayed"], 15),
    (["Dal Santo, A", "Dal Santo", "Santo, A", "Vander Linden, W", "Linden WV"], 16),
    (
        ["van den Heuvel, E", "Heuvel, EPJ", "van den Heuvel EPJ", "E.P.J. van den Heuvel"],
        17,
    ),
    (["Zhu, Jun-Yan", "Junyan Zhu", "Jun Yan Zhu", "Zhu JY", "Zhu, J.-Y."], 18),
    (["Garcia Marquez, G", "Garcia Marquez GJ", "Gabriel Jose Garcia Marquez"], 19),
    (["D'Angelo, M", "DAngelo M", "Maria DAngelo", "dangelo"], 20),
    (["KC Santosh", "K. C. Santosh", "Santosh, K. C.", "Santosh KC"], 21),
    (["Orsted, A", "Ørsted", "Oersted, Aase", "Åse Ørsted", "Orsted, Ase"], 22),
    (["Charpentier, Philippe", "Charpentier, Ph.", "Charpentier P"], 23),
    (
        ["CDF Collaboration", "the CDF Collaboration", "for the CDF Collaboration", "CDF"],
        24,
    ),
    (["Collaboration, CDF", "Collaboration, the CDF"], 24),
    (["Weinan E", "E, Weinan", "W E", "E W", "E, W."], 25),
    (["Oliver Labs", "Labs, Oliver", "Labs, O."], 26),
    (["Haihong XU", "Xu, Haihong", "Xu H", "XU H"], 27),
    (["Jensen Sørensen, H", "Jensen Sorensen, Hans", "Sørensen, Hans"], 34),
    (["von dem Bussche, D", "Bussche, D", "Dagmar von dem Bussche"], 35),
    (
        ["tHooft", "'t Hooft", "t Hooft", "thooft", "t'Hooft", "'t Hooft, G", "tHooft, G."],
        36,
    ),
    (
        ["G. 't Hooft", "Gerard 't Hooft", "Gerard tHooft", "Hooft, G", "Hooft, Gerard 't"],
        36,
    ),
    (["tHooft", "'t Hooft", "t Hooft", "thooft", "Gerard 't Hooft", "G. tHooft"], 37),
    (["tHooft", "'t Hooft", "t Hooft", "thooft", "Gerard 't Hooft", "G. tHooft"], 39),
    (["王伟", "Wei Wang", "Wang, W", "王 伟", "Wei Wang (王伟)", "王小明", "王 小明"], 36),
    (["Nguyen, V T", "V T Nguyen", "Nguyen VT", "Nguyen V T", "V.T. Nguyen"], 37),
    (["Nguyen, V T", "V T Nguyen", "Nguyen VT", "Nguyen V T", "V.T. Nguyen"], 39),
    (["Smith J", "J Smith", "Smith, J.", "A. B. Doe", "Doe AB", "Doe, A.", "OpenAI"], 38),
    (["XENON Collaboration", "XENON Collab.", "XENON", "the XENON Collab"], 38),
    (["Smith-Jones, K", "Smith Jones, Kate", "SmithJones K", "Kate Smith-Jones"], 28),
]


@pytest.mark.parametrize(
    ("name", "paper"), [(name, paper) for names, paper in FORMS for name in names]
)
def test_a_person_is_found_under_each_form_of_the_name(found, name, paper):
    assert paper in found(f'au:"{name}"')


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("Kingma DP", 29),  # Anna Kingma
        ("Kingma, D. P.", 29),
        ("Kim, Minsu", 12),
        ("Ada, Kim", 13),
        ("Muller, J", 6),
        ("Van Gool, T", 2),
        ("Brien, T", 6),
        ("Tu Van Gool", 4),
    ],
)
def test_another_person_is_not(found, name, paper):
    assert paper not in found(f'au:"{name}"')


@pytest.mark.parametrize(
    ("words", "paper"),
    [
        ("obrien", 6),
        ("mueller", 7),
        ("dangelo", 20),
        ("CDF Collaboration", 24),
        ("王小明", 36),
        ("王 小明", 36),
        ("王伟", 36),
        ("tHooft", 36),
        ("thooft", 37),
    ],
)
def test_bare_words_find_a_name_in_another_spelling(found, words, paper):
    assert paper in found(words)


@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("kingma_d", {1}),
        ("Kingma_Diederik", {1}),
        ("Diederik_Kingma", {1}),
        ("Diederik_P_Kingma", {1}),
        ("D_Kingma", {1}),
        ("D_P_Kingma", {1}),
        ("Hollow_John", {5}),
        ("John_Hollow", {5}),
        ("van_gool", {2, 3, 30}),
        ("Van_Gool_L", {2, 3, 30}),
        ("Luc_Van_Gool", {2, 3}),
        ("Garcia_Marquez", {19}),
        ("Garcia_Marquez_G", {19}),
        ("Gabriel_Garcia_Marquez", {19}),
        ("Jun-Yan_Zhu", {18}),
        ("Vander_Linden_W", {16}),
        ("van_den_Heuvel_Edward", {17}),
        ("Minsu_Kim", {10, 11}),
        ("Kang_Tom", set()),
        ("Tom_Kang", set()),
        ("Kim_Hollow", set()),
        ("Hollow_Kim", set()),
        ("ver_meer", set()),
    ],
)
def test_a_name_may_have_underscores_as_at_arxiv(found, name, papers):
    assert found(f"au:{name}") == papers


def test_ids_of_this_file_are_ids():
    assert all(ArxivId.parse(paper).id == paper for paper in RECORDS)


@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("VanGool", {2, 3, 30}),
        ("VanGool, L", {2, 3, 30}),
        ("L. VanGool", {2, 3, 30}),
        ("Van Gool", {2, 3, 30}),
        ("Van Gool, L.", {2, 3, 30}),
        ("L. Van Gool", {2, 3, 30}),
        ("Vandermeer", {30, 33}),
        ("van der Meer, P.", {30, 33}),
    ],
)
def test_a_particle_is_glued_on_or_apart(found, name, papers):
    assert found(f'au:"{name}"') == papers


@pytest.mark.parametrize(
    "names",
    [
        "Ada Lovelace and Alan Turing",
        "Lovelace, Ada and Turing, Alan",
        "Turing & Lovelace",
        "Ada Lovelace; Alan Turing",
    ],
)
def test_two_people_in_one_name_are_both_asked_for(found, names):
    assert found(f'au:"{names}"') == {31}
