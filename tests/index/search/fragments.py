"""Texts made of what means something in a query, well-formed or not."""

from hypothesis import strategies as st

PIECES = """
" " " ( ) - \u0020- \u0020OR\u0020 | \u0020AND\u0020 \u0020NOT\u0020 \u0020ANDNOT\u0020
ti: au: abs: cat: id: all: co: jr: doi: foo: year: after: before: submittedDate:
x y the of spin lattice cs.LG cs.na cs.* 2401.00001 hep-th/9901001v2 arXiv: 2019 ..2023
[20200101 \u0020TO\u0020 20201231] 2019-02-30 10.1000/x(1) https://arxiv.org/abs/2401.00001
: , ; C++ C# non-x SU(2) l_1 * ~ ~1 ~3 _ // $x$ $ \\ell \\"o { } [ ] & &lt; ' ` < > 😀 ☃
（ ） “ ： － \u3000 \u00a0 \x00 \u202e 的 量子力学 ﬁ ß İ ́
"""
FRAGMENTS = st.lists(
    st.sampled_from([*PIECES.split("\n"), *PIECES.split(), *" " * 9, "\n"]), max_size=14
).map("".join)
