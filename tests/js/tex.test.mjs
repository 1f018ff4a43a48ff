// The macros that authors use are typeset; what nobody knows shows its source, and not in red.

import assert from "node:assert/strict";
import { test } from "node:test";

import { prepare } from "../../static/js/math/tex/prepare.js";
import { MACROS } from "../../static/js/math/tex/macros.js";
import { compile, listUnknown, startMathJax } from "./engine.mjs";

const MathJax = await startMathJax();
const raw = String.raw;

test("macros that authors use are typeset", () => {
  for (const tex of [
    raw`\ce{H2O}`,
    raw`\ce{CO2 + C -> 2 CO}`,
    raw`\ce{^{227}_{90}Th+}`,
    raw`\SI{5}{\kilo\meter\per\second}`,
    raw`\SI{1.5e-3}{\micro\second}`,
    raw`\si{\kg\per\meter\squared}`,
    raw`\qty{10}{\giga\electronvolt}`,
    raw`\num{1.2e6} \ang{45}`,
    raw`\textsc{BERT} \text{\textsc{BERT}}`,
    raw`\slashed{D} \slashed{\partial}`,
    raw`\dv{f}{x} \dv[2]{f}{x} \pdv{f}{x}{y}`,
    raw`\dd{x} \dd t`,
    raw`\expval{A} \ket{\psi} \bra{\phi} \braket{a}{b}`,
    raw`\text{foo_bar} \mathrm{x} \texttt{a_b#c}`,
    raw`\text{R&D} \text{50% of $x_1$}`,
    raw`\href{https://example.org/x}{code}`,
    raw`E = mc^2 \label{eq:1}`,
    raw`x \eqref{eq:1}`,
    raw`\floor{x} \ceil{y}`,
    raw`\NP \cO(n) \calF \bfX`,
    raw`6s^2 ^1S_0`,
    raw`\tt A^\tt 3`,
    raw`_\rm{2}`,
    raw`\#P, #P`,
    raw`2n\pi & running`,
    raw`|F=2,m_F=2\right>`,
    raw`\unicode{x2014} \dag \ddag`,
    raw`\la r^2 \ra`,
    raw`2p\si_u`,
    raw`\sqrt`,
    raw`\emph{really} \boldmath x`,
  ]) {
    const { names, isRed } = listUnknown(compile(MathJax, tex));
    assert.deepEqual(names, [], tex);
    assert.equal(isRed, false, tex);
  }
});

test("what nobody knows shows its source, and not in red", () => {
  for (const tex of [raw`\mymacro x`, raw`x_{\secret}`, raw`\ours`]) {
    const { names, isRed } = listUnknown(compile(MathJax, tex));
    assert.equal(names.length, 1, tex);
    assert.equal(isRed, false, tex);
  }
});

test("commands mean what they mean in TeX", () => {
  for (const tex of [raw`a \div b`, raw`\sin(x)`, raw`\Re z`, raw`\log_2 n`])
    assert.doesNotMatch(serialize(compile(MathJax, tex)), /∇|ℜ𝔢/);
});

test("no formula links, loads, styles, names or numbers anything", () => {
  for (const tex of [
    raw`\href{javascript:alert(1)}{x}`,
    raw`\ce{\href{javascript:alert(1)}{x}}`,
    raw`\url{javascript:x}`,
    raw`\style{color:red}{x} \class{a}{x} \cssId{b}{x}`,
    raw`\label{a} \tag{\label{b}}`,
    raw`\unicode[url(//e.org)]{x2014}`,
    raw`\dv{\href{//e.org}{f}}{x}`,
    raw`\ce{\mathchoice{a}{b}{c}{\style{x:y}{d}}}`,
  ]) {
    let root;
    try {
      root = compile(MathJax, tex);
    } catch {
      continue; // its source is shown
    }
    root.walkTree((node) => {
      const names = Object.keys(node.attributes?.getAllAttributes?.() ?? {});
      for (const name of names)
        assert.doesNotMatch(name, /^(?:href|src|style|class|id)$/, tex);
    });
  }
});

test("right formulas are left as they are", () => {
  for (const tex of [
    "x",
    raw`\frac{\partial^2 u}{\partial x^2}`,
    raw`x_{1}^{2} + y^2_1`,
    raw`\begin{align} a &= b \\ c &= d \end{align}`,
    raw`\left( \frac{a}{b} \right)`,
    raw`\text{if $x_1$ then} \& \# \%`,
    raw`a^{b^{c}} \{x\}`,
  ])
    assert.equal(prepare(tex), tex);
});

test("preparing a long formula takes time in proportion", () => {
  for (const piece of [
    "\\text{",
    "^a",
    "_{",
    "\\la ",
    "\\num{1",
    "{",
    "\\left(",
  ]) {
    const start = performance.now();
    prepare(piece.repeat(Math.ceil(5_000 / piece.length)));
    assert.ok(performance.now() - start < 200, piece);
  }
});

/** @param {any} root */
function serialize(root) {
  let text = "";
  root.walkTree((node) => {
    if (node.isKind?.("text")) text += node.getText();
  });
  return text;
}

/** Commands of MathJax that ours replace by the same, or by what authors mean. */
const REPLACED =
  "allowbreak break degree nonumber notag pmb set textgreater textless textnormal";

test("no macro of ours takes the place of a command that TeX has", () => {
  const { handlers } = MathJax.startup.document.inputJax[0].parseOptions;
  const maps = [...handlers.get("macro")._configuration]
    .map(({ item }) => item)
    .filter(({ name }) => !/^(?:new-|configmacros)/.test(name));
  assert.ok(maps.length > 20);
  assert.ok(maps.some((map) => map.map?.has("bar")));
  const taken = Object.keys(MACROS).filter((name) =>
    maps.some((map) => map.map?.has(name)),
  );
  assert.deepEqual(taken.sort(), REPLACED.split(" "));
});

test("accents are accents, and a square is a square, beside units of these names", () => {
  const texts = (tex) => compile(MathJax, tex).toString();
  for (const accent of ["bar", "hat", "tilde", "vec", "dot", "ddot", "check"])
    for (const tex of [
      `\\${accent}\\alpha_t`,
      `\\${accent}{x}`,
      `\\${accent} x`,
    ])
      assert.match(texts(tex), /mover/, tex);
  assert.match(texts(raw`\square`), /◻|□|25[0-9A-F]{2}/i);
  assert.match(texts(raw`\SI{5}{\milli\bar} \bar{x}`), /mover/);
  for (const tex of [raw`\SI{5}{\bar}`, raw`\SI{5}{\milli\bar}`])
    assert.doesNotMatch(texts(tex), /mover/, tex);
  assert.match(texts(raw`\SI{3}{\square\meter}`), /msup/);
  assert.match(texts(raw`\SI{3}{\per\cubic\centi\meter}`), /msup/);
});
