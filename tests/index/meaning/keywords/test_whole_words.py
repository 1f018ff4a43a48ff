"""Keywords never keep half a word."""

import pytest

from index.meaning.keywords.candidates import find_candidates


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
    ],
)
def test_no_half_of_a_word_is_a_phrase(text, half):
    assert not any(f"{phrase} ".startswith(f"{half} ") for phrase in phrases(text))


def test_a_formula_between_words_still_ends_a_phrase():
    assert phrases("dark matter $x$ halo models") == ["dark matter", "halo models"]
