// @ts-check
// The classes of formulas' elements, on the server (app/markup.py) and here.

/** A formula: its TeX, until it is typeset. */
export const FORMULA = "tex";

/** A formula on a line of its own. */
export const DISPLAY = "tex-display";
