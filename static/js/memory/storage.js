// @ts-check
// Keeps one thing in the browser's storage: versioned, bounded, shared between tabs. It
// never overwrites what a newer version of Winnow has stored.

const PREFIX = "winnow.";

/**
 * @template Value
 * @typedef {object} Kind
 * @property {string} name
 * @property {() => Value} empty
 * @property {(value: any) => Value} read keeps what is valid of a stored or imported value
 * @property {(value: Value) => Value} halve drops the least part of it, where space runs out
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
   * Change what is kept. It is read anew first, so that no tab undoes the change of another.
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
      // There is nothing to erase.
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
      return { value: null, isNewer: false }; // unreadable: starts anew
    }
  }
}

/** The version of what is stored; each kind reads what any earlier version has written. */
export const VERSION = 1;

/** Return the browser's storage, null where it is switched off. */
export function findStorage() {
  try {
    const storage = globalThis.localStorage;
    storage.getItem(PREFIX);
    return storage;
  } catch {
    return null;
  }
}
