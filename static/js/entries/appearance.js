// Sets theme, size of text and what becomes of seen papers before anything is drawn. A plain
// script, not a module: it has to run first. static/js/memory/kinds.js says what is stored.
(() => {
  try {
    const stored = localStorage.getItem("winnow.settings");
    const { value = {} } = JSON.parse(stored ?? "{}");
    const { dataset } = document.documentElement;
    for (const name of ["theme", "size", "seen"])
      if (/^[a-z]+$/.test(value[name] ?? "")) dataset[name] = value[name];
  } catch {
    // Storage is switched off or spoilt: the page looks as the system says.
  }
})();
