"""Formulas as Unicode, for a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.papers.prose.plain import write_plain


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("$k$-means of $p$-adic", "k-means of p-adic"),
        (r"$\ce{H2O}$ and $\ce{MoSe2}$", "H2O and MoSe2"),
        (r"$\SI{65}{\nano\meter}$ of $\si{\kelvin}$", "65 nanometer of kelvin"),
        (r"$\ell_1$-norm", "ℓ₁-norm"),
        (r"$O(n\log n)$ in $\mathbb{R}^d$", "O(n log n) in ℝᵈ"),
        (r"$\alpha_{ij}^2$ and $e^{-x^2}$", "αᵢⱼ² and e^(-x²)"),
        (r"$\frac{a}{b} \leq \frac12$", "a/b ≤ 1/2"),
        (r"$\text{CO}_2$ at $360^\circ$", "CO₂ at 360°"),
        (r"$\{0,1\}^n$", "{0,1}ⁿ"),
        (r"$\mathcal{N}=4$, $\mathrm{SU}(2)$", "N=4, SU(2)"),
        (r"$\bar{B}\to K^*\ell\ell$", "B̄→K*ℓℓ"),
        (r"$\hat{x}_{k+1}$ \(f'(x)\)", "x̂ₖ₊₁ f′(x)"),
        (r"\begin{align}a&=b\\c&=d\end{align}", "a =b; c =d"),
        (r"$\method$", "method"),
        ("no formula at $5", "no formula at $5"),
    ],
)
def test_formulas_become_unicode(tex, text):
    assert write_plain(tex) == text


@given(st.text("$\\{}_^ab1 &~", max_size=40))
def test_any_formula_becomes_one_line(text):
    assert "\u2060" not in write_plain(f"${text}$")
