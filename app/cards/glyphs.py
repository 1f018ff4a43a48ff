r"""Glyphs of formulas: how wide the signs of TeX are, in hundredths of an em.

Computer Modern's widths, to which the typesetter's font keeps; signs that are about as
wide share a number.
"""

from typing import Final

_SLANTED = """
a53 b43 c43 d52 e47 f55 g48 h58 i35 j41 k52 l30 m88 n60 o49 p50 q45 r45 s47 t36 u57
v49 w72 x57 y49 z47 A75 B76 C76 D83 E76 F74 G79 H88 I50 J61 K85 L68 M102 N89 O76 P75
Q79 R76 S64 T68 U75 V77 W105 X83 Y76 Z72
"""
_UPRIGHT = """
a50 b56 c44 d56 e44 f31 g50 h56 i28 j31 k53 l28 m83 n56 o50 p56 q53 r39 s39 t39 u56
v53 w72 x53 y53 z44 A75 B71 C72 D76 E68 F65 G78 H75 I36 J51 K78 L63 M92 N75 O78 P68
Q78 R74 S56 T72 U75 V75 W103 X75 Y75 Z61
"""
_COMMANDS = r"""
-17 !
0 acute allowbreak bar bf Big big Bigg bigg Biggl biggl Biggr biggr Bigl bigl Bigr bigr
0 boldmath boxed break breve cal check ddot displaystyle dot grave hat hfill hline it
0 label Large large limits mathchoice mathring mathstrut middle mit nobreak nolimits
0 nonumber not notag null overbrace overleftarrow overline overrightarrow protect relax
0 rm scriptsize scriptstyle sf small strut textstyle tilde tt unboldmath underbrace
0 underline vec widehat widetilde
17 thinspace ,
22 left medspace right : >
28 cdot cdotp colon lbrack ldotp lvert mid rbrack rvert thickspace vert ; |
33 iota prime
40 gets langle lbrace rangle rbrace
44 epsilon gamma lceil lfloor rceil rfloor tau varsigma
47 digamma varepsilon
50 ast backslash bullet chi circ dagger ddagger ell emptyset lVert nu parallel rVert
50 sigma star Vert wr zeta # $ / { }
53 delta hbar hslash partial rho varnothing
56 complement Downarrow downarrow flat natural sharp Uparrow uparrow updownarrow
56 varsubsetneq
58 alpha beta eta imath jmath kappa pi theta
61 int
62 backsim because beth checkmark clubsuit diamondsuit eqref gimel gtreqless heartsuit
62 lessgtr nexists nsubseteq nsupseteq ref spadesuit sqcap sqcup sqrt sqsupseteq
62 therefore uplus upsilon varDelta varGamma varLambda varOmega varPhi varPi varPsi
62 varSigma varTheta varUpsilon varXi
63 exists forall Gamma lambda mu P phi S setminus vartheta xi &
67 cap cup in land lor ni notin omega psi varphi vee wedge Xi
72 aleph Im Lambda mho Re Sigma surd varrho wp
78 amalg angle approx asymp bigstar blacksquare bot Box cong dashv Delta diamond div
78 doteq equiv ge geq geqslant gtrsim le leq leqslant lesssim lhd lnot lozenge models mp
78 nabla ncong ne neg neq ngeq nleq nmid nsim odot Omega ominus oplus oslash otimes perp
78 Phi Pi pm prec preceq propto Psi rhd sim simeq sqsubseteq square subset subseteq
78 subsetneq succ succeq supset supseteq Theta times top triangle triangleq Upsilon varpi
78 vdash
83 %
87 cdots ddots dots dotsb dotsc dotsm ldots vdots
94 coprod oint prod bigoplus_
100 bigcirc bowtie dashrightarrow gg hookleftarrow hookrightarrow infty leadsto Leftarrow
100 leftarrow leftharpoonup Leftrightarrow leftrightarrow ll ltimes mapsto nearrow nwarrow
100 quad Rightarrow rightarrow rightharpoonup rightleftharpoons rightsquigarrow rtimes
100 searrow swarrow to twoheadleftarrow twoheadrightarrow upharpoonright
106 sum
111 bigodot bigoplus bigotimes
160 iff impliedby implies Longleftarrow longleftarrow Longleftrightarrow
160 longleftrightarrow longmapsto Longrightarrow longrightarrow xleftarrow xrightarrow
200 qquad
"""
"""A width, and the commands that are as wide, without their backslash."""
_SIGNS = """
28 .,:;'!|[]
39 ()
50 0123456789/?*"%#@§°
60 αβγδεζηθικλμνξπρστυφχψω
75 ΓΔΘΛΞΠΣΦΨΩ
78 +-=<>−±×≤≥≈~∼≠≡⊂⊆∈
100 →←∞⇒↔
"""
_RELATIONS = r"""
: < = > ← → ↔ ⇒ ∈ ∼ ≈ ≠ ≡ ≤ ≥ ⊂ ⊆ \approx \asymp \bowtie \cong \dashv \doteq \equiv
\ge \geq \geqslant \gets \gg \gtrsim \hookrightarrow \iff \implies \in \le \leadsto
\Leftarrow \leftarrow \Leftrightarrow \leftrightarrow \leq \leqslant \lesssim \lhd \ll
\longleftarrow \longmapsto \Longrightarrow \longrightarrow \mapsto \mid \models \ne
\neq \ngeq \ni \nleq \nmid \notin \nsim \parallel \perp \prec \preceq \propto
\Rightarrow \rightarrow \rightharpoonup \sim \simeq \sqsubseteq \subset \subseteq
\subsetneq \succ \succeq \supset \supseteq \to \triangleq \twoheadrightarrow \vdash
\xrightarrow
"""
_OPERATIONS = r"""
* + - ± × − \amalg \ast \bullet \cap \cdot \circ \cup \dagger \div \land \lor \ltimes
\mp \odot \ominus \oplus \otimes \pm \rtimes \setminus \star \times \vee \wedge \wr
"""
_FUNCTIONS = r"""
\arccos \arcsin \arctan \arg \cos \cosh \cot \deg \det \dim \exp \gcd \hom \inf \ker
\lg \lim \liminf \limsup \ln \log \max \min \mod \Pr \sec \sin \sinh \sup \tan \tanh
"""

RELATIONS: Final = frozenset(_RELATIONS.split())
"""Signs with a space of 28 on both sides, where they stand between others."""
OPERATIONS: Final = frozenset(_OPERATIONS.split())
"""Signs with a space of 22 on both sides, where they stand between others."""
FUNCTIONS: Final = frozenset(_FUNCTIONS.split())
"""Names that are written upright, with a space of 17 beside a letter."""

_OTHER_SIGN, _BLANK, _OTHER_LETTER = 60, 28, 50
_SHORT = 4
r"""Commands up to this length are an author's macros for a sign: `\eps`, `\RR`."""


def _read_letters(table: str) -> dict[str, int]:
    return {pair[0]: int(pair[1:]) for pair in table.split()}


def _read_widths(table: str) -> dict[str, int]:
    rows = (row.split() for row in table.strip().splitlines())
    return {name: int(width) for width, *names in rows for name in names}


_slanted = _read_letters(_SLANTED)
_upright = _read_letters(_UPRIGHT)
_commands = _read_widths(_COMMANDS) | {" ": 25}
_signs = {sign: width for signs, width in _read_widths(_SIGNS).items() for sign in signs}


def measure_sign(sign: str) -> int:
    r"""Return the width of a character or of a command such as `\alpha`."""
    if not sign.startswith("\\"):
        return _slanted.get(sign) or _signs.get(sign, _OTHER_SIGN)
    width = _commands.get(sign[1:])
    return _measure_name(sign) if width is None else width


def measure_upright(text: str) -> int:
    """Return the width of letters that are not slanted."""
    return sum(
        _upright.get(sign) or _signs.get(sign, _BLANK if sign.isspace() else _OTHER_LETTER)
        for sign in text
    )


def _measure_name(command: str) -> int:
    """Return the width of a function's name, or of a command that is shown as it is."""
    if command in FUNCTIONS:
        return measure_upright(command[1:])
    return _OTHER_SIGN if len(command) <= _SHORT else measure_upright(command)
