// @ts-check
// The Trusted Types policy: only our own addresses become addresses of scripts. MathJax
// composes the addresses of its parts itself.

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
