"""Titles and abstracts read as a person would write them."""

import gzip
import json
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.papers.mathtext import find_formulas
from index.papers.prose.cleaning import clean_prose
from tests.growth import assert_grows_as

ACCENTED = [
    (r"the Schr$\rm{\ddot o}$dinger equation", "the Schrödinger equation"),
    (r"L${\rm\acute{e}}$vy and E$\ddot{o}$tv$\ddot{o}$s", "Lévy and Eötvös"),
    (
        r"H$\ddot{\text{a}}$ussler in a na$\ddot{\i}$ve $\check{C}$ech way",
        "Häussler in a naïve Čech way",
    ),
    (r"a K$\"{a}$hler metric", "a Kähler metric"),
    (r"Poincar$\acute{e}$ duality", "Poincaré duality"),
    (r"p$\bar{p}$ and x$\hat{y}$ stay", r"p$\bar{p}$ and x$\hat{y}$ stay"),
]
STYLES = [
    (r"\textbf{a bold $x^2$ thing} here", "a bold $x^2$ thing here"),
    (r"\textbf{\textsc{FastCuRL}} is \emph{very \textit{fast}}", "FastCuRL is very fast"),
    (r"an {\em old {\bf style}} switch, \em bare", "an old style switch, bare"),
    (r"\textcolor{red}{\textbf{VI}}sual \colorbox{blue}{x}", "VIsual x"),
    (r"{\underline{M}}erging \underline{a}nd", "Merging and"),
    (r"by Wu {\textit et al.} in", "by Wu et al. in"),
    (
        r"an $\textbf{A}$daptive $\rm{AUPRC}$ and $\mathrm{SNR}$",
        "an Adaptive AUPRC and SNR",
    ),
    (r"$\texttt{HyperGVL}$ of $\mathbf{x}$", r"HyperGVL of $\mathbf{x}$"),
    (r"\noindent\textbf{Methods:} We", "Methods: We"),
    (r"{\em{weakly stable}} components", "weakly stable components"),
    (
        r"\it{x} and {\bf{}b} \bfseries{bold words} {\sc{Foo}}bar",
        "x and b bold words Foobar",
    ),
    (
        r"{\it{Fermi}}-LAT, \Large{\textbf{A}}, \em{our \foo{x}}",
        r"Fermi-LAT, A, our \foo{x}",
    ),
    (r"\glqq Wort\grqq{} und \flqq mot\frqq", "„Wort“ und «mot»"),
    ("at <tex-math>$x$</tex-math> here", "at $x$ here"),
    (r"{\small \ of dimension}$2$", "of dimension$2$"),
    (r"\ours\xspace is, \xspace{} by \hfill far", "ours is, by far"),
    (
        "a `dark forest' and (`b') don't, the users' `choice'",
        "a ‘dark forest’ and (‘b’) don't, the users' ‘choice’",
    ),
    ("`it's' `code` isn't", "`it's' `code` isn't"),
    ("one</br>two", "one two"),
    (r"$\sqrt{s}$~=~13~TeV, x~<~5", r"$\sqrt{s}$ = 13 TeV, x < 5"),
    (r"about \~{}100 and 2\^{}3", "about ~100 and 2^3"),
    ("<h4>Background</h4>text<h4>Results</h4>", "Background text Results"),
    (r"\hyperlink{x}{y}, \hyperref[a]{b} and \textls[50]{c}", "y, b and c"),
]
MACROS = [
    (r"\ion{H}{ii}, \ion{Ca}{2} and \ion{O}{vi}", "H II, Ca II and O VI"),
    (r"\ac{CNN}, \gls{SVM} and \acp{GAN}", "CNN, SVM and GANs"),
    (r"\ce{MoSe2} and \ce{Lu^+}", r"$\ce{MoSe2}$ and $\ce{Lu^+}$"),
    (r"a \SI{65}{\nano\meter} chip", r"a $\SI{65}{\nano\meter}$ chip"),
    (r"\qty{5}{\kilo\gram} at \si{\kelvin}", r"$\qty{5}{\kilo\gram}$ at $\si{\kelvin}$"),
    (r"\num{33000} of \SI{65} and \ce{$x$}", r"33000 of \SI{65} and \ce{$x$}"),
    (r"200\mum and \infinity", "200μm and ∞"),
    (r"Our \method{} and \OurMethod{}, (\GI{})", "Our method and OurMethod, (GI)"),
    (
        r"We built \name, {\pname} and \ours beats it",
        "We built name, pname and ours beats it",
    ),
    (r"\unit[300]{MV/m} and \unit[$5$]{s}, 3.2\unit{m}", "300 MV/m and $5$ s, 3.2 m"),
    (r"\unitfrac[5]{m}{s}", "5 m/s"),
    (r"V \to \mathbb R^+, \Bbb C P and \mathbb {R}^n", "V → ℝ^+, ℂ P and ℝ^n"),
]
LINKS = [
    (r"Code: \url{https://example.org/a\_b/~c}.", "Code: https://example.org/a_b/~c."),
    (r"at~\url{https://example.org/x--y}", "at https://example.org/x--y"),
    (
        r"see \href{https://example.org/x}{our page}.",
        "see our page (https://example.org/x).",
    ),
    (r"\href{https://example.org/}{example.org}", "https://example.org/"),
    (
        r"\href{https://example.org/x}{\textcolor{blue}{Git\,Hub}}",
        "Git Hub (https://example.org/x)",
    ),
    (r"$\href{https://example.org/x}{code}$", "code (https://example.org/x)"),
    (r"field\footnote{https://example.org/~me}.", "field (https://example.org/~me)."),
    (r"done.\footnote{See \url{http://e.org}.}", "done. (See http://e.org)"),
    ('<a href="https://e.org/x">this page</a>', "this page (https://e.org/x)"),
    (
        "see http://e.org/~me and {this https URL}",
        "see http://e.org/~me and this https URL",
    ),
]
CITATIONS = [
    (r"CLIP~\cite{radford2021} works", "CLIP works"),
    (r"as in \cite{a,b} we", "as in […] we"),
    (r"shown before (\cite{a}).", "shown before."),
    (r"moments \cite{a}, \cite{b}.", "moments."),
    (r"Recently, \cite{kato1} have", "Recently, […] have"),
    (r"findings of \citet{Razin-2025} on", "findings of […] on"),
    (r"mini \citep[see][p.~3]{hurst} and", "mini and"),
    (r"equation \eqref{eq:1}, Fig.~\ref{f}", "equation […], Fig. […]"),
    (r"a dataset\footnotemark[1] and\label{x} more", "a dataset and more"),
]
SIGNS = [
    (r"costs \$148K or \$9", "costs $148K or $9"),
    (r"100~GeV, Fig.~1, 5~\% of~$n$", "100 GeV, Fig. 1, 5 % of $n$"),
    (r"x_1, \ldots, x_n and so on\dots", "x_1, …, x_n and so on…"),
    (r"PM\textsuperscript{4}Bench, CO\textsubscript{2}", "PM⁴Bench, CO₂"),
    (r"1\textsuperscript{st} X\textsuperscript{TM} 20\textsuperscript{o}C", "1st X™ 20°C"),
    (r"x\textsuperscript{max}", r"x$^{\text{max}}$"),
    (r"\textquotedblleft so'' \textless{} 5\textperthousand", "“so'' < 5‰"),
    (r"10 \textmu m at 360{\deg}, {\sigma}-band", "10 μm at 360°, σ-band"),
    (r"Fleiss' \k{appa}, \c{opyright} 2019", "Fleiss' κ, © 2019"),
    (r"\Delta\alpha_n=0.8\pm 1.7, t\leq |V|", "Δα_n=0.8±1.7, t≤|V|"),
    (r"(\eg, dogs, \ie cats, \etal. and \etc)", "(e.g., dogs, i.e. cats, et al. and etc.)"),
    (r"Cauchy--Schwarz 1--2 --- yes -- no ----", "Cauchy–Schwarz 1–2 — yes – no ----"),
    (r"run --no-verify --> <--", "run --no-verify --> <--"),
    (
        r"(Co)\-Inductive 0.2\,dB a priori\/ et al.\ say",
        "(Co)Inductive 0.2 dB a priori et al. say",
    ),
    (r"one \\ two \newline three", "one two three"),
    (r"\begin{itemize}\item \textbf{One.} a \item b\end{itemize}", "• One. a • b"),
    (r"time \tilde{O}(n\sqrt{n}\log n)", "time Õ(n√n log n)"),
    (r"for B\to K\bar D at \sqrt{s}", "for B→K D̄ at √s".replace("K D", "KD")),
    (r"GL(n,\C) over \mathbb{R}", "GL(n,ℂ) over ℝ"),
    (r"5{,}000 prompts of {BERT} and pro{A}ctive", "5,000 prompts of BERT and proActive"),
]
ELEMENTS = [
    ("H<sub>2</sub>O, <sup>13</sup>C, cm<sup>-1</sup>", "H₂O, ¹³C, cm⁻¹"),
    ("Type Inference in<br> Dual<br/>Affine", "Type Inference in Dual Affine"),
    ("<i>fine</i>, <b>bold</b> and <p>par</p>", "fine, bold and par"),
    ("other&#8217;s A &amp; B&nbsp;C &lt; 5", "other’s A & B C < 5"),
    ("R&amp;D, &amp;#945; &alpha; &#x3b2;", "R&D, α α β"),
    ("2&plusmn7 &ndash 3", "2±7 – 3"),
    ("E<sub>c</sub>", r"E$_{\text{c}}$"),
    ("a &rlm;b&#8238;c", "a b c"),
]
KEPT = [
    r"\zabek",
    r"our \revise{this}, \g and \om(r), \n{}",
    r"C:\dir\oops, C:\model",
    r"$\method{}$ and $x \in \mathbb R$, \unit{\metre}",
    r"\model{a} and \framebox{x}",
    r"\sqrt[4]{n}log(n)",
    r"\sqrt [k]{n}, \foo[a]{word}next \foo[a][b]{word}{two}next",
    r"\foo {word} b",
    r"\it{never ends",
    r"\verb without",
    "about ~200 of 5 ~ 6, 20~30",
    "5'' long",
    "the mean <i> = 3, <n> and <think>",
    "H&E; and Q&A; AT&T",
    "x^{2}, {0,1}^n, {a, b} and {x}",
    'a "{snowy} photo of a {class}"',
    "sqrt{s}=7 TeV",
    r"\begin{align} x \end",
    "a - b -> c --> d",
    "a<b and c>d",
    "",
    "\\",
    "trailing \\",
    "{",
    "}{",
    r"\textbf{open",
]


@pytest.mark.parametrize(
    ("written", "read"),
    [*ACCENTED, *STYLES, *MACROS, *LINKS, *CITATIONS, *SIGNS, *ELEMENTS],
)
def test_commands_and_elements_read_as_a_person_would_write_them(written, read):
    assert clean_prose(written) == read
    assert clean_prose(read) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\verb|a_b|, \verb+x{y}+ and \lstinline{int x}", "a_b, x{y} and int x"),
        (r"\lstinline[language=C]|a\n|, \verb!\em{x}!", r"a\n, \em{x}"),
    ],
)
def test_what_is_shown_sign_by_sign_is_kept_so(written, read):
    assert clean_prose(written) == read


@pytest.mark.parametrize("text", KEPT)
def test_what_may_mean_something_else_stays_as_written(text):
    assert clean_prose(text) == text


def test_a_dollar_that_would_begin_a_formula_stays_escaped():
    text = r"from \$5 x_1=2\$ of $y$"
    formulas = [formula.tex for formula in find_formulas(clean_prose(text))]
    assert formulas == ["y"]


def test_paragraphs_stay_apart():
    assert clean_prose("\\emph{a}\nb \\\\\nc") == "a\nb\nc"


PIECES = st.lists(
    st.sampled_from(
        [
            *(r"\textbf{", "}", "{", r"\cite{a}", r"\footnote{", r"\href{u}{", r"\\", "~"),
            *(
                "$x_1$",
                "$",
                r"\$",
                "<i>",
                "</i>",
                "<sup>2</sup>",
                "&amp;",
                "&lt;",
                "--",
                " ",
            ),
            *(
                "word",
                "數",
                "\U00100000",
                "\U0010fffe",
                "\n",
                r"\alpha",
                r"\item",
                r"\(y\)",
            ),
            *(
                "``",
                "''",
                "https://e.org/~a",
                r"\begin{itemize}",
                r"\end{itemize}",
                ".",
                ",",
            ),
        ]
    ),
    max_size=14,
).map("".join)


@given(PIECES | st.text())
def test_formulas_survive_byte_for_byte(text):
    """All but those of text alone, whose words join the prose around them."""
    before = [text[f.start : f.end] for f in find_formulas(text)]
    cleaned = clean_prose(text)
    after = [cleaned[f.start : f.end] for f in find_formulas(cleaned)]
    if not set(text) & set("<&") and r"\$" not in text and "cite" not in text:
        assert [f for f in before if "$" in f] == [f for f in after if "$" in f]
    assert not any(sign >= "\U00100000" for sign in cleaned)


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        r"\textbf{",
        "\\",
        "~",
        "--",
        "<i>",
        "&amp;",
        "(\\cite{a}",
        "$x$~",
        "<a href=x>",
        "`a ",
        r"\ce{a}",
    ],
)
def test_long_texts_take_time_in_proportion(piece):
    assert_grows_as(lambda n: piece * (n // len(piece)), clean_prose, 10_000)


def test_formulas_of_3000_real_abstracts_stay(real_data):
    with gzip.open(real_data("arxiv-sample-20k.jsonl.gz")) as lines:
        texts = [json.loads(line)["abstract"] for line in islice(lines, 3_000)]
    lost = 0
    for text in texts:
        cleaned = clean_prose(text)
        before = {f.tex for f in find_formulas(text)}
        after = {f.tex for f in find_formulas(cleaned)}
        assert after <= before
        lost += len(before - after)
        assert clean_prose(cleaned) == cleaned
    assert lost < 100, "only formulas of text alone become prose"


HOSTILE = [
    ("~ ftp://", ".", "a"),
    ("~ xhttp://a", ")", "a"),
    ("$\\mathrm{", "a", "}x$"),
    ("$", " ", "\\mathrm a x$"),
    ("x \\label{a}", " ", "b"),
    ("x \\label{a}", " ~", "b"),
    ("", "\\[", "\\\\]"),
    ("", "\\( \\\\) ", ""),
    ("", "\\begin{equation}", "\\end{equation}"),
]


@pytest.mark.parametrize(("before", "part", "behind"), HOSTILE)
def test_what_a_stranger_writes_is_read_in_time_that_grows_with_it(before, part, behind):
    def repeat(count):
        return before + part * count + behind

    assert_grows_as(repeat, clean_prose, 6_000 // len(part))


def test_a_formula_of_letters_alone_is_read_in_time_that_grows_with_it():
    """A formula has 1,000 characters at most; all cuts in two places were tried."""
    assert_grows_as(lambda n: f"$\\mathrm{{{'a' * n}}}x$", clean_prose, 220)
