// Sets theme, size of text, the view of lists and what becomes of seen papers before anything
// is drawn, and whether a place for followed searches is kept free. A plain script, not a module: it has to run first. static/js/memory/kinds.js says
// what is stored.
(() => {
  const { dataset } = document.documentElement;
  dataset.view = "brief"; // where no script runs, abstracts are whole
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
