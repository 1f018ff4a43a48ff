// @ts-check
// A row of a table, whose cells a formula may not join.

import { countCells, countPipes } from "./lines.js";

/** A row of a table, in which a formula may hide bars that would part cells. */
export class Row {
  #pipes;
  #columns;

  /** @param {string} row @param {number} columns */
  constructor(row, columns) {
    this.#pipes = countCells(row);
    this.#columns = columns;
  }

  /**
   * Tell whether the row keeps its cells if a piece of it has none. @param {string} piece
   */
  holds(piece) {
    if (!piece.includes("|")) return true;
    const whole = this.#pipes;
    const rest = whole - countPipes(piece);
    if (rest >= this.#columns) return true;
    const gap = Math.abs(rest - this.#columns);
    return whole !== this.#columns && gap <= Math.abs(whole - this.#columns);
  }
}
