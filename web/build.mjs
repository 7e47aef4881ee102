// Bundles the front end into src/proxygap/site/_bundle/proxygap.
//   node build.mjs [--out DIR]
import { build } from "esbuild";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { licences } from "./licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const outFlag = process.argv.indexOf("--out");
const out =
  outFlag > 0
    ? resolve(process.argv[outFlag + 1])
    : join(here, "../src/proxygap/site/_bundle/proxygap");

// Every browser that runs the course reads woff2: KaTeX's older font formats stay out.
const onlyWoff2 = {
  name: "only-woff2",
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /katex\.css$/, namespace: "file" }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(
        /,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[a-z]+"\)/g,
        "",
      ),
      loader: "css",
    }));
  },
};

const shared = {
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  metafile: true,
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
  absWorkingDir: here,
  outExtension: { ".js": ".mjs" },
  loader: { ".woff2": "file", ".svg": "text" },
  assetNames: "fonts/[name]-[hash]",
  plugins: [onlyWoff2],
};

// The page's entry: small, eager, everything else in chunks that load when needed.
const page = (outdir) =>
  build({
    ...shared,
    entryPoints: { proxygap: "src/elements.ts" },
    outdir,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  });

// Files that are loaded on their own: a kernel's widget module and the Python worker.
const standalone = (outdir) =>
  build({
    ...shared,
    entryPoints: { interactive: "src/interactive.ts", "py-worker": "src/python/worker.ts" },
    outdir,
    external: ["./pyodide/pyodide.mjs"],
  });

// Runs before the first paint, so it is the one classic script.
const theme = (outdir) =>
  build({
    ...shared,
    entryPoints: { theme: "src/chrome/theme.ts" },
    outdir,
    format: "iife",
    outExtension: {},
  });

const styles = (outdir) =>
  build({
    ...shared,
    entryPoints: {
      proxygap: "src/styles/site.css",
      interactive: "src/styles/interactive.css",
      katex: "src/styles/katex.css",
    },
    outdir,
    outExtension: {},
  });

// Fonts carry a hash in their names; the page template preloads the two that it reads first.
function fontsIn(metafile) {
  const fonts = Object.keys(metafile.outputs).filter((path) => path.endsWith(".woff2"));
  return fonts.map((path) => path.slice(path.indexOf("fonts/")));
}

// The modules that a page with a given element will ask for, one after the other, so that it can
// ask for all of them at once: what the page's entry imports (each page names the entry itself), the
// element's own, what these import, and the module that draws.
async function modulesByTag(metafile) {
  const outputs = Object.entries(metafile.outputs);
  const chunkOf = new Map(outputs.map(([path, { entryPoint }]) => [entryPoint, path]));
  const source = await readFile(join(here, "src/elements.ts"), "utf8");
  const tags = [...source.matchAll(/"(pg-[a-z]+)": \(\) => import\("\.\/([\w/]+)"\)/g)];
  if (tags.length === 0) throw new Error("src/elements.ts: the table TAGS was not understood.");
  return Object.fromEntries(
    tags.map(([, tag, path]) => {
      const own = withImports(chunkOf.get("src/elements.ts"), metafile);
      const [, ...needed] = withImports(chunkOf.get(`src/${path}.ts`), metafile, own);
      const draws = needed.some((chunk) => DRAWING in metafile.outputs[chunk].inputs);
      const names = needed.map((chunk) => chunk.slice(chunk.lastIndexOf("chunks/")));
      return [tag, draws ? ["interactive.mjs", ...names] : names];
    }),
  );
}

const DRAWING = "src/shared/interactive.ts"; // what loads interactive.mjs

function withImports(chunk, metafile, found = new Set()) {
  found.add(chunk);
  for (const { path, kind } of metafile.outputs[chunk].imports) {
    if (kind === "import-statement" && !found.has(path)) withImports(path, metafile, found);
  }
  return found;
}

const staging = `${out}.${process.pid}`; // several builds may run at once
await rm(staging, { recursive: true, force: true });
await mkdir(staging, { recursive: true });
const built = await Promise.all([styles, page, standalone, theme].map((make) => make(staging)));
const metafiles = built.map(({ metafile }) => metafile);
const manifest = {
  fonts: fontsIn(metafiles[0]).sort(),
  modules: await modulesByTag(metafiles[1]),
};
await writeFile(join(staging, "manifest.json"), JSON.stringify(manifest, null, 2));
await writeFile(join(staging, "licences.txt"), await licences(here, metafiles));
await rm(out, { recursive: true, force: true });
await rename(staging, out);
