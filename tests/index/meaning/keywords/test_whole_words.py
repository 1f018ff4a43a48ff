"""Keywords never keep half a word."""

import pytest

from index.meaning.keywords.candidates import find_candidates
from index.meaning.keywords.extractor import KeywordExtractor
from index.meaning.keywords.words import find_words
from tests.growth import assert_grows_as


def phrases(text):
    return [" ".join(candidate.words) for candidate in find_candidates(text)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("We improve the $k$-means algorithm.", "$k$-means algorithm"),
        ("Solutions of the $p$-adic KZ equation exist.", "$p$-adic KZ equation"),
        ("We study the universal C*-algebra of graphs.", "universal C*-algebra"),
        ("A $C^*$-algebra is nuclear.", "$C^*$-algebra"),
        ("The Qwen2.5-Omni streaming talker speaks.", "Qwen2.5-Omni streaming talker"),
        ("We use GPT-4.1 models.", "GPT-4.1 models"),
        ("Llama3.1 models are open.", "Llama3.1 models"),
        ("An $\\ell_1$-norm penalty helps.", "$\\ell_1$-norm penalty"),
        ("non-$\\sigma$-finite measures appear.", "non-$\\sigma$-finite measures"),
        ("We see the $SU(2)$-invariant state of it.", "$SU(2)$-invariant state"),
        ("A spin-1/2 chain is solved.", "spin-1/2 chain"),
        ("We see 1/f noise in it.", "1/f noise"),
        ("It acts on the symmetric group S_n here.", "symmetric group S_n"),
        ("The sheaf F_{a_{b}} is flat.", "sheaf F_{a_{b}}"),
        ("We quantize U_q(Lg) modules.", "U_q(Lg) modules"),
        ("It has finite dimension n^3 at most.", "finite dimension n^3"),
        ("We grow CeCoIn$_5$ crystals.", "CeCoIn$_5$ crystals"),
        ("Every II$_1$ factor is one.", "II$_1$ factor"),
        ("HeH$^+$ ions are here.", "HeH$^+$ ions"),
        ("We use the OMNeT++ simulator.", "OMNeT++ simulator"),
        ("They wrote C++ libraries.", "C++ libraries"),
        ("The DAML+OIL language won.", "DAML+OIL language"),
        ("We find the source G328.4+0.2 there.", "source G328.4+0.2"),
        ("An A* search is fast.", "A* search"),
        ("Sums of *-homomorphic cocycles appear.", "*-homomorphic cocycles"),
        ("This (2+1)-dimensional gravity is exact.", "(2+1)-dimensional gravity"),
        ("An (anti)ferromagnetic chain is here.", "(anti)ferromagnetic chain"),
        ("We find kernels w.r.t. measures.", "kernels"),
        ("The rank a.e. of it is one.", "rank"),
        ("A 95%-confidence interval is given.", "95%-confidence interval"),
        ("The U.S. economy grew.", "U.S. economy"),
        ("A Node.js server answers.", "Node.js server"),
        ("A Ph.D. thesis is here.", "Ph.D. thesis"),
        ("An H.264 stream plays.", "H.264 stream"),
        ("The R&D program starts.", "R&D program"),
        ("The I/O interfaces are here.", "I/O interfaces"),
        ("GaAs/AlGaAs heterostructures are here.", "GaAs/AlGaAs heterostructures"),
        ("An SU(2) gauge theory is here.", "SU(2) gauge theory"),
        ("The L/sub p/ norms are here.", "L/sub p/ norms"),
        ("We solve semi-(in)definite programs here.", "semi-(in)definite programs"),
        ("The C#/.NET framework is here.", ".NET framework"),
        ("We do pre- and post-training steps.", "post-training steps"),
        ("An **O**ntology-driven search is here.", "Ontology-driven search"),
    ],
)
def test_what_is_tied_to_a_word_is_part_of_it(text, phrase):
    assert phrase in phrases(text)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("We improve the $k$-means algorithm.", "means algorithm"),
        ("Solutions of the $p$-adic KZ equation exist.", "adic KZ equation"),
        ("We study the universal C*-algebra of graphs.", "universal C"),
        ("The Qwen2.5-Omni streaming talker speaks.", "5-Omni streaming talker"),
        ("As shown \\cite{kato1} and \\citep[see][]{kato2}.", "kato"),
        ("Code is at {this https URL} today.", "URL"),
        ("See \\url{example} and \\ref{fig1}.", "fig1"),
        (f"The ${'x' * 80}$-means algorithm works.", "means algorithm"),
        ("As in dg-ga/9408003 and math.AG/0507287v2.", "dg-ga"),
        ("As in math.AG/0507287v2 it is.", "AG"),
        ("See 10.1016/j.fss.2014.09.024 too.", "fss"),
        ("Write to someone@example.org about it.", "someone"),
        ("It is at example.github.io/demo today.", "demo"),
        ("We do pre- and post-processing.", "pre"),
        ("An unread {longer group of words}-stable process.", "stable process"),
        (r"A \foo-stable process runs.", "stable process"),
        ("The value x_n(t) is small.", "x_n"),
        ("Code is at (this http URL) today.", "http URL"),
        ("Code at this https URL today.", "https URL"),
        ("A hyphen- ated example is here.", "ated example"),
        ("The non-\nlinear optics is here.", "linear optics"),
        ("We solve semi-(in)definite programs here.", "semi"),
        ("The C#/.NET framework is here.", "NET framework"),
    ],
)
def test_no_half_of_a_word_is_a_phrase(text, half):
    assert not any(f"{phrase} ".startswith(f"{half} ") for phrase in phrases(text))


def test_a_sign_by_itself_is_no_keyword():
    assert phrases("see x_n, f(t), y^2, A. D. or u/sub n/ now") == []


def test_words_that_a_slash_only_lists_are_words_of_their_own():
    assert phrases("the input/output relation") == ["input", "output relation"]


def test_signs_beside_a_word_tell_keywords_apart():
    extractor = KeywordExtractor(lambda _word: (0, 0))
    abstract = "The SU(2) gauge theory is here. The SU(3) gauge theory is here."
    found = {keyword.text for keyword in extractor.extract("", abstract)}
    assert {"SU(2) gauge theory", "SU(3) gauge theory"} <= found


def test_a_formula_that_names_a_group_beside_a_word_is_kept_once():
    assert phrases("where$x$ is") == []


@pytest.mark.parametrize(
    "part",
    [
        "a_{",
        "a(",
        "(a",
        "a.",
        "a/b/",
        "a+",
        "a*",
        "**a",
        "a-",
        "[a",
        "a@",
        "\\cite[",
        "x^",
        "_a",
    ],
)
def test_the_time_of_finding_words_grows_no_faster_than_the_text(part):
    assert_grows_as(lambda count: part * count, lambda text: list(find_words(text)), 2_000)


def test_a_formula_between_words_still_ends_a_phrase():
    assert phrases("dark matter $x$ halo models") == ["dark matter", "halo models"]
