// Collects the licences of what is bundled, as most of them ask for.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const PYTHON = `Python for the browser

Pyodide 0.27.7, MPL-2.0, https://github.com/pyodide/pyodide
CPython 3.12 and its standard library, PSF-2.0, https://github.com/python/cpython
NumPy 2.0.2, BSD-3-Clause, https://github.com/numpy/numpy
`;

/** Folders, below `root`, of the packages that esbuild took files from. */
function packagesIn(metafiles) {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  return [...new Set(folders)].sort();
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json")));
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? await readFile(join(folder, file), "utf8") : "";
  return `${name} ${version}, ${license}\n\n${text.trim()}\n`;
}

export async function licences(root, metafiles) {
  const notices = await Promise.all(packagesIn(metafiles).map((folder) => notice(join(root, folder))));
  return [PYTHON, ...notices].join(`\n${"=".repeat(72)}\n\n`);
}
