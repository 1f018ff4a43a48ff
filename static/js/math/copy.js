// @ts-check
// Lets a reader copy a formula as TeX or as MathML: by a right click on it, or by keyboard.
// One formula of each block is a stop of the tab key; the arrows lead to the others, and
// Enter or the menu key opens the same choice.

import { DISPLAY, FORMULA } from "./element.js";

const NEXT = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
]);
const OPENS = new Set(["Enter", " ", "ContextMenu"]);

/** @param {HTMLElement} root what holds the formulas, now and later */
export function offerCopies(root) {
  const menu = new Menu();
  root.append(menu.element);
  root.addEventListener("contextmenu", (event) => {
    const formula = findFormula(event.target);
    if (!formula) return menu.close();
    event.preventDefault();
    menu.open(formula, event.clientX, event.clientY);
  });
  root.addEventListener("keydown", (event) => {
    const formula = findFormula(event.target);
    if (!formula || event.target !== formula) return;
    const step = NEXT.get(event.key);
    if (step) move(formula, step);
    else if (OPENS.has(event.key) || (event.key === "F10" && event.shiftKey)) {
      const box = formula.getBoundingClientRect();
      menu.open(formula, box.left, box.bottom);
    } else return;
    event.preventDefault();
  });
  root.addEventListener("pointerdown", (event) => {
    if (!menu.element.contains(/** @type {Node} */ (event.target)))
      menu.close();
  });
}

/** Make one formula of a block a stop of the tab key. @param {Element} block */
export function makeStop(block) {
  const first = block.querySelector(`.${FORMULA}`);
  if (!block.querySelector(`.${FORMULA}[tabindex="0"]`))
    first?.setAttribute("tabindex", "0");
}

/** @param {EventTarget | null} target */
function findFormula(target) {
  return /** @type {HTMLElement | null} */ (
    /** @type {Element} */ (target).closest?.(`.${FORMULA}`) ?? null
  );
}

/** @param {HTMLElement} formula @param {number} step */
function move(formula, step) {
  const block =
    formula.closest(".paper, article, [data-math]") ?? document.body;
  const all = [...block.querySelectorAll(`.${FORMULA}`)];
  const next = all[all.indexOf(formula) + step];
  if (!next) return;
  formula.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  /** @type {HTMLElement} */ (next).focus();
}

/** @param {HTMLElement} formula */
function readTex(formula) {
  const tex = formula.dataset.tex ?? formula.textContent ?? "";
  return formula.classList.contains(DISPLAY) ? `\\[${tex}\\]` : `\\(${tex}\\)`;
}

/** @param {HTMLElement} formula */
function readMathML(formula) {
  return formula.querySelector("math")?.outerHTML ?? "";
}

class Menu {
  /** @type {HTMLElement | null} */ #formula = null;

  constructor() {
    const words = document.documentElement.dataset;
    this.element = document.createElement("div");
    this.element.className = "formula-menu notranslate";
    this.element.role = "menu";
    this.element.hidden = true;
    this.element.append(
      this.#item(words.copyTex ?? "Copy TeX", readTex),
      this.#item(words.copyMathml ?? "Copy MathML", readMathML),
    );
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {HTMLElement} formula @param {number} x @param {number} y of the window */
  open(formula, x, y) {
    this.#formula = formula;
    const items = /** @type {HTMLElement[]} */ ([...this.element.children]);
    items[1].hidden = !readMathML(formula);
    this.element.hidden = false;
    const { width, height } = this.element.getBoundingClientRect();
    this.element.style.left = `${Math.max(0, Math.min(x, innerWidth - width))}px`;
    this.element.style.top = `${Math.max(0, Math.min(y, innerHeight - height))}px`;
    items[0].focus();
  }

  close() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    if (this.#formula?.hasAttribute("tabindex")) this.#formula.focus();
  }

  /**
   * @param {string} name
   * @param {(formula: HTMLElement) => string} written
   */
  #item(name, written) {
    const item = document.createElement("button");
    item.type = "button";
    item.role = "menuitem";
    item.textContent = name;
    item.addEventListener("click", async () => {
      if (this.#formula)
        await navigator.clipboard.writeText(written(this.#formula));
      this.close();
    });
    return item;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const items = /** @type {HTMLElement[]} */ (
      [...this.element.children].filter(
        (item) => !(/** @type {HTMLElement} */ (item).hidden),
      )
    );
    const at = items.indexOf(
      /** @type {HTMLElement} */ (document.activeElement),
    );
    const step = NEXT.get(event.key);
    if (step) items[(at + step + items.length) % items.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else return;
    event.preventDefault();
  }
}
