// @ts-check
// Shows the API explorer in the page that api-docs.html prepares, in the page's colours.

const { SwaggerUIBundle } = /** @type {any} */ (globalThis);
const host = document.getElementById("swagger-ui");
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Swagger UI is dark where the root element has this class. */
function followColourScheme() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

/** There is one server, this one: a menu with no name would offer nothing else. */
function hideServers() {
  return { wrapComponents: { ServersContainer: () => () => null } };
}

dark.addEventListener("change", followColourScheme);
followColourScheme();
if (host && SwaggerUIBundle)
  SwaggerUIBundle({
    domNode: host,
    url: host.dataset.openapiUrl,
    validatorUrl: null,
    plugins: [hideServers],
  });
