// Runs the tests of the scripts, or of the files named, in one process, one after the other.

import { readdirSync } from "node:fs";
import { describe } from "node:test";

const asked = process.argv.slice(2);
const names = readdirSync(new URL(".", import.meta.url))
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => !asked.length || asked.includes(name));
for (const name of names.sort()) describe(name, () => import(`./${name}`));
