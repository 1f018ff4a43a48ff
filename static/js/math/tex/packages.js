// @ts-check
// MathJax's TeX input as we run it: its packages, our macros, what is taken away from both.

import { MACROS } from "./macros.js";

/** The packages that are loaded. Of physics only parts are used: see PHYSICS. */
export const PACKAGES = [
  "ams",
  "amscd",
  "boldsymbol",
  "braket",
  "cancel",
  "cases",
  "centernot",
  "color",
  "configmacros",
  "extpfeil",
  "gensymb",
  "mathtools",
  "mhchem",
  "noundefined",
  "physics",
  "textcomp",
  "textmacros",
  "units",
  "upgreek",
];

const LOADED = PACKAGES.filter((name) => name !== "physics");
const MAX_MACROS = 200;
const MAX_BUFFER = 5 * 1024;

/** Commands that would number or name things across formulas; macros stand for them. */
const CROSS_REFERENCES = ["label", "ref", "eqref"];

/** The name of the part of MathJax's physics package that changes no other command. */
const PHYSICS = "physics-derivatives";
const PHYSICS_MAPS = ["Physics-derivative-macros", "Physics-bra-ket-macros"];
const PHYSICS_COMMANDS = new Set(
  "dv derivative pdv partialderivative pderivative fdv functionalderivative fderivative differential dd expval ev expectationvalue mel matrixel matrixelement dyad ketbra outerproduct".split(
    " ",
  ),
);

/**
 * Return the options of MathJax's TeX input.
 *
 * @param {(parsed: any) => void} harden takes away what a formula may not have
 */
export function configureTex(harden) {
  return {
    packages: ["base", ...LOADED, PHYSICS],
    macros: MACROS,
    maxMacros: MAX_MACROS,
    maxBuffer: MAX_BUFFER,
    noundefined: { color: "", background: "", size: "" },
    postFilters: [[harden, 1]],
    formatError: (/** @type {unknown} */ _, /** @type {Error} */ error) => {
      throw error; // the source is shown instead
    },
  };
}

/** Take in the part of physics that is used; before MathJax starts. @param {any} MathJax */
export function choosePhysics(MathJax) {
  const { MapHandler } = MathJax._.input.tex.MapHandler;
  const { Configuration } = MathJax._.input.tex.Configuration;
  for (const name of PHYSICS_MAPS) {
    const commands = MapHandler.getMap(name)?.map;
    for (const command of [...(commands?.keys() ?? [])])
      if (!PHYSICS_COMMANDS.has(command)) commands.delete(command);
  }
  Configuration.create(PHYSICS, {
    handler: { macro: PHYSICS_MAPS },
    options: { physics: { italicdiff: false, arrowdel: false } },
  });
}

/** Take away commands that reach beyond their formula. @param {any} MathJax */
export function forgetCrossReferences(MathJax) {
  const { MapHandler } = MathJax._.input.tex.MapHandler;
  for (const name of ["macros", "AMSmath-macros", "tagformat"]) {
    const commands = MapHandler.getMap(name)?.map;
    for (const command of CROSS_REFERENCES) commands?.delete(command);
  }
}
