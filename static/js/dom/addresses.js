// @ts-check
// Addresses of this service. Some carry parameters, such as the language that was chosen.

/**
 * Return an address with more at the end of its path, before its parameters.
 *
 * @param {string} address
 * @param {string} more
 */
export function lengthen(address, more) {
  const url = new URL(address, location.href);
  url.pathname += more;
  return url.href;
}
