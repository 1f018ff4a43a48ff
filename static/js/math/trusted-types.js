// @ts-check
// The Trusted Types policy: only our own addresses become addresses of scripts. MathJax
// composes the addresses of its parts itself.

/**
 * Allow scripts whose addresses begin with one of ours, and no others.
 *
 * @param {string[]} own a folder has a slash at its end
 */
export function allowOwnScripts(own) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  trustedTypes?.createPolicy("default", {
    createScriptURL: (/** @type {string} */ address) => {
      const whole = new URL(address, location.href).href;
      if (!own.some((base) => whole.startsWith(base)))
        throw new TypeError(`refused: ${whole}`);
      return whole;
    },
  });
}
