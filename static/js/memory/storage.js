// @ts-check
// Keeps one thing in the browser's storage: versioned, bounded, shared between tabs. What a
// newer version of Winnow has written is left alone.

const PREFIX = "winnow.";

/**
 * @template Value
 * @typedef {object} Kind
 * @property {string} name
 * @property {() => Value} empty
 * @property {(value: any) => Value} read makes the best of what was stored or imported
 * @property {(value: Value) => Value} halve drops the least of it, where space runs out
 */

/** @template Value */
export class Stored {
  #storage;
  #kind;
  /** @type {Value | null} where the browser keeps nothing, this page's alone */ #kept =
    null;

  /**
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} storage
   * @param {Kind<Value>} kind
   */
  constructor(storage, kind) {
    this.#storage = storage;
    this.#kind = kind;
  }

  get key() {
    return PREFIX + this.#kind.name;
  }

  /** @returns {Value} */
  get() {
    return this.#kept ?? this.#stored().value ?? this.#kind.empty();
  }

  /**
   * Change what is kept: what is there now is read, so that no tab undoes another's.
   *
   * @param {(value: Value) => Value | void} change returns a new value, or changes this one
   */
  change(change) {
    const { value, isNewer } = this.#stored();
    const before = this.#kept ?? value ?? this.#kind.empty();
    let after = change(before) ?? before;
    if (isNewer || !this.#storage) {
      this.#kept = after;
      return;
    }
    for (let tries = 0; tries < 4; tries++) {
      try {
        const body = JSON.stringify({ version: VERSION, value: after });
        this.#storage.setItem(this.key, body);
        this.#kept = null;
        return;
      } catch {
        after = this.#kind.halve(after); // the storage is full
      }
    }
    this.#kept = after;
  }

  erase() {
    this.#kept = null;
    try {
      this.#storage?.removeItem(this.key);
    } catch {
      // There is nothing that could be erased.
    }
  }

  /** @returns {{value: Value | null, isNewer: boolean}} */
  #stored() {
    try {
      const text = this.#storage?.getItem(this.key);
      if (!text) return { value: null, isNewer: false };
      const { version, value } = JSON.parse(text);
      if (version > VERSION) return { value: null, isNewer: true };
      return { value: this.#kind.read(value), isNewer: false };
    } catch {
      return { value: null, isNewer: false }; // what cannot be read is begun anew
    }
  }
}

/** Of what is stored; `read` of each kind takes what any earlier version has written. */
export const VERSION = 1;

/** The browser's storage, null where it is switched off. */
export function browserStorage() {
  try {
    const storage = globalThis.localStorage;
    storage.getItem(PREFIX);
    return storage;
  } catch {
    return null;
  }
}
