// @ts-check
// Lets a reader drag across the years of a result, or extend them by keys, to choose some.

/**
 * Return the value of `year` for a range of years in either order.
 * @param {number} one @param {number} other
 */
export function range(one, other) {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return first === last ? `${first}` : `${first}..${last}`;
}

/**
 * @param {SVGSVGElement} svg
 * @param {HTMLElement | null} said where the choice is told
 * @param {(url: string) => void} go
 */
export function brush(svg, said, go) {
  const bars = [...svg.querySelectorAll("a")];
  const years = bars.map((bar) => Number(bar.dataset.year));
  let start = -1;
  let end = -1;

  const show = () => {
    const [low, high] = [Math.min(start, end), Math.max(start, end)];
    bars.forEach((bar, n) => {
      bar.classList.toggle("picked", start >= 0 && n >= low && n <= high);
    });
    if (said)
      said.textContent = start < 0 ? "" : range(years[start], years[end]);
  };

  const leave = () => {
    const url = new URL(String(svg.dataset.href), location.href);
    url.searchParams.set("year", range(years[start], years[end]));
    go(url.href);
  };

  /** @param {number} x in pixels of the window */
  const at = (x) => {
    const box = svg.getBoundingClientRect();
    const place = Math.floor(((x - box.left) / box.width) * bars.length);
    return Math.max(0, Math.min(bars.length - 1, place));
  };

  /** @param {number} place */
  const focus = (place) => {
    bars.forEach((bar, n) =>
      bar.setAttribute("tabindex", n === place ? "0" : "-1"),
    );
    bars[place].focus();
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    start = end = at(event.clientX);
    show();
  });
  svg.addEventListener("pointermove", (event) => {
    if (start < 0 || !event.buttons) return;
    const moved = at(event.clientX);
    if (moved === end) return;
    if (!svg.hasPointerCapture(event.pointerId))
      svg.setPointerCapture(event.pointerId);
    end = moved;
    show();
  });
  svg.addEventListener("pointerup", () => {
    if (start >= 0 && start !== end) leave();
    start = end = -1;
  });
  svg.addEventListener("pointercancel", () => {
    start = end = -1;
    show();
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const here = bars.findIndex((bar) => bar === event.target);
    if (here < 0) return;
    if (step) {
      const next = Math.max(0, Math.min(bars.length - 1, here + step));
      if (!event.shiftKey) start = -1;
      else if (start < 0) start = here;
      end = next;
      show();
      focus(next);
    } else if (event.key === "Enter" && start >= 0) leave();
    else return;
    event.preventDefault();
  });
  bars.forEach((bar, n) => bar.setAttribute("tabindex", n ? "-1" : "0"));
}

for (const svg of document.querySelectorAll("svg.years")) {
  const said = /** @type {HTMLElement | null} */ (svg.nextElementSibling);
  brush(/** @type {SVGSVGElement} */ (svg), said, (url) =>
    location.assign(url),
  );
}
