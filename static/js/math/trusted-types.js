// @ts-check
// Where the browser enforces Trusted Types, nothing becomes a script's address but one of
// ours: MathJax loads its parts by addresses it puts together itself.

/**
 * Allow scripts from an address of ours, and from nowhere else.
 *
 * @param {string} base with a slash at its end
 */
export function allowOwnScripts(base) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  trustedTypes?.createPolicy("default", {
    createScriptURL: (/** @type {string} */ address) => {
      const whole = new URL(address, location.href).href;
      if (!whole.startsWith(base)) throw new TypeError(`refused: ${whole}`);
      return whole;
    },
  });
}
