// Runs every test of the scripts in one process, one after the other.

import { readdirSync } from "node:fs";
import { describe } from "node:test";

const names = readdirSync(new URL(".", import.meta.url)).filter((name) =>
  name.endsWith(".test.mjs"),
);
for (const name of names.sort()) describe(name, () => import(`./${name}`));
