// @ts-check
// Lets a reader choose some years of a result: by a drag across their bars, or by keys.

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * Return the value of `year` for a range of years in either order.
 * @param {number} one @param {number} other
 */
function formatRange(one, other) {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return first === last ? `${first}` : `${first}..${last}`;
}

export class Years {
  #svg;
  #told;
  #go;
  #bars;
  #start = -1; // the bar where the range begins; -1: no range
  #end = -1;

  /**
   * @param {SVGSVGElement} svg
   * @param {HTMLElement | null} told where the range is told
   * @param {(url: string) => void} go
   */
  constructor(svg, told, go) {
    this.#svg = svg;
    this.#told = told;
    this.#go = go;
    this.#bars = [...svg.querySelectorAll("a")];
  }

  start() {
    const svg = this.#svg;
    svg.addEventListener("pointerdown", (event) => this.#press(event));
    svg.addEventListener("pointermove", (event) => this.#drag(event));
    svg.addEventListener("pointerup", () => this.#release());
    svg.addEventListener("pointercancel", () => this.#choose(-1, -1));
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("keydown", (event) => this.#key(event));
    this.#stopAt(0);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button) return;
    const at = this.#findBar(event.clientX);
    this.#choose(at, at);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (this.#start < 0 || !event.buttons) return;
    const at = this.#findBar(event.clientX);
    if (at === this.#end) return;
    if (!this.#svg.hasPointerCapture(event.pointerId))
      this.#svg.setPointerCapture(event.pointerId);
    this.#choose(this.#start, at);
  }

  #release() {
    if (this.#start >= 0 && this.#start !== this.#end) this.#leave();
    this.#start = this.#end = -1;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const here = this.#bars.findIndex((bar) => bar === event.target);
    if (here < 0) return;
    const step = STEPS[event.key];
    if (step) this.#move(here, step, event.shiftKey);
    else if (event.key === "Enter" && this.#start >= 0) this.#leave();
    else return;
    event.preventDefault();
  }

  /** @param {number} here @param {number} step @param {boolean} isExtending */
  #move(here, step, isExtending) {
    const next = this.#clamp(here + step);
    const start = this.#start < 0 ? here : this.#start;
    this.#choose(isExtending ? start : -1, next);
    this.#stopAt(next);
    this.#bars[next].focus();
  }

  /** Choose the years from one bar to another, and show them. @param {number} start @param {number} end */
  #choose(start, end) {
    this.#start = start;
    this.#end = end;
    const [low, high] = [Math.min(start, end), Math.max(start, end)];
    this.#bars.forEach((bar, n) => {
      bar.classList.toggle("picked", start >= 0 && n >= low && n <= high);
    });
    if (this.#told)
      this.#told.textContent = start < 0 ? "" : this.#formatChosen();
  }

  /** Ask for the same result of the chosen years alone. */
  #leave() {
    const url = new URL(String(this.#svg.dataset.href), location.href);
    url.searchParams.set("year", this.#formatChosen());
    this.#go(url.href);
  }

  #formatChosen() {
    const [one, other] = [this.#start, this.#end].map((at) =>
      Number(this.#bars[at].dataset.year),
    );
    return formatRange(one, other);
  }

  /** @param {number} x in pixels of the window */
  #findBar(x) {
    const { left, width } = this.#svg.getBoundingClientRect();
    return this.#clamp(Math.floor(((x - left) / width) * this.#bars.length));
  }

  /** @param {number} place */
  #clamp(place) {
    return Math.max(0, Math.min(this.#bars.length - 1, place));
  }

  /** Make one bar the stop of the tab key. @param {number} place */
  #stopAt(place) {
    this.#bars.forEach((bar, n) =>
      bar.setAttribute("tabindex", n === place ? "0" : "-1"),
    );
  }
}
