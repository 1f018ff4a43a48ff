"""Widths of formulas: near what the typesetter draws, for whatever is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cards.widths import estimate_width

DRAWN = {
    r"n_t": 1.01,
    r"\mathbb{R}^d": 1.27,
    r"\omega ": 0.68,
    r"n,l \geq 2": 3.43,
    r"SL(2,\mathbb{Z})": 4.02,
    r"\mathbb{T}^n \times \mathbb{R}^n": 3.91,
    r"H^p(\widetilde{X})": 3.25,
    r"\Theta(\log \log n)": 5.46,
    r"288\times288": 4.57,
    r"\lceil kr/(r-1)\rceil": 5.74,
    r"\{f(x_j)\}_{j=0}^{N-1}": 5.29,
    r"\frac{n}{2}+1+\epsilon": 4.55,
    r"\text{dim}(W_i)=k_i": 6.37,
    r"a_1,\ldots,a_k,b_1,\ldots,b_\ell\in H": 10.76,
    r"\Lambda>10^{-14}": 4.72,
    r"G={\rm SL}_{r+1}(\mathbb{C})": 6.60,
}
"""Formulas of abstracts and their widths in em, as MathJax drew them in Chromium."""
PIECES = st.sampled_from(
    [
        *"{}^_[]ab1+= ",
        r"\frac",
        r"\sqrt",
        r"\text",
        r"\left",
        r"\rm",
        r"\mathrm",
        "\\",
        r"\x",
    ]
)


@pytest.mark.parametrize("tex", DRAWN)
def test_a_formula_is_about_as_wide_as_it_is_drawn(tex):
    assert estimate_width(tex) == pytest.approx(DRAWN[tex], rel=0.07, abs=0.1)


@given(st.lists(PIECES, max_size=300).map("".join))
def test_whatever_is_written_has_a_width(tex):
    assert 0 <= estimate_width(tex) < 5 * len(tex) + 1


@pytest.mark.parametrize("sign", ["{", r"\sqrt", "x^", r"\frac", r"\mathrm{^{", "}", "_"])
def test_a_deep_or_long_formula_costs_no_more_than_its_length(sign):
    assert estimate_width(sign * 5_000) == estimate_width((sign * 5_000)[:1_000])
