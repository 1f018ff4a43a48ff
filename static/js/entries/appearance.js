// Sets theme, size of text, the view of lists and what becomes of seen papers before anything
// is drawn, and whether places for followed searches and for formulas are kept free. A plain
// script, not a module: it has to run first. static/js/memory/kinds.js says what is stored.
(() => {
  const { dataset } = document.documentElement;
  dataset.view = "brief"; // where no script runs, abstracts are whole
  dataset.draws = ""; // room is kept for formulas, until a script cannot be had
  addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLScriptElement) delete dataset.draws;
    },
    true,
  );
  try {
    const stored = localStorage.getItem("winnow.settings");
    const { value = {} } = JSON.parse(stored ?? "{}");
    for (const name of ["theme", "size", "seen", "view"])
      if (/^[a-z]+$/.test(value[name] ?? "")) dataset[name] = value[name];
    if (/"[a-z]+=/.test(localStorage.getItem("winnow.searches") ?? ""))
      dataset.follows = "";
  } catch {
    // Storage is switched off or spoilt: the page looks as the system says.
  }
})();
