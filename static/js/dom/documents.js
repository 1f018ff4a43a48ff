// @ts-check
// Fetches pages as documents.

/**
 * Fetch a page as a document whose scripts do not run: the browser's own way from markup
 * to nodes, which needs no Trusted Type.
 *
 * @param {string} url
 * @returns {Promise<Document>}
 */
export function fetchDocument(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response) resolve(request.response);
      else reject(new Error(`status ${request.status}`));
    });
    request.addEventListener("error", () => reject(new Error("no answer")));
    request.send();
  });
}
