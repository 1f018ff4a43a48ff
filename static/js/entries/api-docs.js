// @ts-check
// Shows the API explorer in the page that api-docs.html prepared for it.

/** The page's colours, as Swagger UI understands them: a class on the root element. */
export function followColourScheme(
  root = document.documentElement,
  dark = matchMedia("(prefers-color-scheme: dark)"),
) {
  const follow = () => root.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();
}

/** @param {HTMLElement | null} host the element whose data-openapi-url says what to show */
export function showExplorer(host) {
  const bundle = /** @type {any} */ (globalThis).SwaggerUIBundle;
  if (!host || !bundle) return;
  bundle({
    domNode: host,
    url: host.dataset.openapiUrl,
    validatorUrl: null,
  });
}

followColourScheme();
showExplorer(document.getElementById("swagger-ui"));
