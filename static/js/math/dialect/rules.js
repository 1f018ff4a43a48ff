// @ts-check
// The rules of the dialect: the forms and limits of a formula, in Markdown and plain text.
//
//     $…$  \(…\)  \\(…\\)  $`…`$                    inline
//     $$…$$  \[…\]  \\[…\\]  \begin{env}…\end{env}    display, also within a line
//     a fence whose info is "math"                   display (Markdown only)
//
// A formula ends within its paragraph; an inline one after at most MAX_INLINE characters,
// a display one after MAX_DISPLAY. In Markdown a display formula that begins its line may
// go on across blank lines (MAX_BLANKS of them) where its delimiters stand alone, and
// nothing is a formula in code, tags, comments, autolinks or the destinations of links.
// `\$` is a dollar sign. A pair of dollars around prose or prices ("$5 or $10") is no
// formula; dollars.js judges that. Three dollars or more are literal.
//
// index/papers/mathtext.py is the same for plain text, in Python; both are held to
// tests/vectors/mathtext.json.

/**
 * A formula at text[start, end), delimiters included, in UTF-16 units. `tex` is what a
 * typesetter gets: no delimiters, no marks of quotation, `&lt; &gt; &amp;` decoded, and a
 * bare % of a one-line inline formula escaped, since it is a percentage there.
 *
 * @typedef {{start: number, end: number, tex: string, display: boolean}} Formula
 */

export const MAX_INLINE = 1_000;
export const MAX_DISPLAY = 20_000;
export const MAX_BLANKS = 12;

/** Single dollars that open nothing, after which a text's other ones are literal. */
export const MAX_FAILURES = 1_000;

/** Characters that another opening looked through in vain, which count as one of those. */
export const FAILURE = 200;
