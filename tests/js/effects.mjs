// Runs each module that is named, in a world that has the language and nothing else, and
// tells as JSON what else it touched: `document`, `fetch`, a global of its own.

import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";

const LANGUAGE = vm.runInNewContext(
  "Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, globalThis[name]]))",
);
delete LANGUAGE.console;

/** A global object that notes what is looked up or set on it. */
function world(touched) {
  const note = (name) => {
    if (typeof name === "string" && !Object.hasOwn(LANGUAGE, name))
      touched.add(name);
  };
  return vm.createContext(
    new Proxy(Object.assign(Object.create(null), LANGUAGE), {
      get(all, name) {
        note(name);
        return all[name];
      },
      has(all, name) {
        note(name);
        return name in all;
      },
      set(all, name, value) {
        touched.add(String(name));
        all[name] = value;
        return true;
      },
      defineProperty(all, name, property) {
        touched.add(String(name));
        return Reflect.defineProperty(all, name, property);
      },
    }),
  );
}

/** Other people's packages run as they are: only our own modules are looked at. */
async function vendored(url, context) {
  const module = await import(url);
  const names = Object.keys(module);
  return new vm.SyntheticModule(
    names,
    function () {
      for (const name of names) this.setExport(name, module[name]);
    },
    { context, identifier: url },
  );
}

async function touchedBy(file) {
  const touched = new Set();
  const context = world(touched);
  const modules = new Map();
  const load = async (url) => {
    if (url.includes("/static/vendor/")) return vendored(url, context);
    return new vm.SourceTextModule(readFileSync(fileURLToPath(url), "utf8"), {
      context,
      identifier: url,
      initializeImportMeta: (meta) => (meta.url = url),
    });
  };
  const link = (specifier, from) => {
    const { href } = new URL(specifier, from.identifier);
    if (!modules.has(href)) modules.set(href, load(href));
    return modules.get(href);
  };
  const module = await load(pathToFileURL(file).href);
  modules.set(module.identifier, module);
  await module.link(link);
  let error = "";
  try {
    await module.evaluate();
  } catch (thrown) {
    error = String(thrown);
  }
  return error ? [...touched, error] : [...touched];
}

const found = {};
for (const file of process.argv.slice(2)) found[file] = await touchedBy(file);
console.log(JSON.stringify(found));
