/**
 * Builds static/src into static/dist: style sheet, scripts, service worker, fonts, icon sprite and app icons.
 * `--watch` keeps on building.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { makeAppIcons } from "./app_icons.mjs";
import { makeSprite } from "./icon_sprite.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const source = path.join(root, "static/src");
const target = path.join(root, "static/dist");
const watch = process.argv.includes("--watch");
const require = createRequire(import.meta.url);

const FONTS = ["inter", "newsreader"].flatMap((family) =>
  ["latin", "latin-ext"].map((subset) => `${family}/files/${family}-${subset}-wght-normal.woff2`),
);

async function copyFonts() {
  await mkdir(path.join(target, "fonts"), { recursive: true });
  await Promise.all(
    FONTS.map((font) =>
      cp(
        path.join(root, "node_modules/@fontsource-variable", font),
        path.join(target, "fonts", path.basename(font)),
      ),
    ),
  );
}

async function copyImages() {
  await cp(path.join(source, "images"), target, { recursive: true });
}

async function writeIcons() {
  await writeFile(path.join(target, "icons.svg"), await makeSprite(root));
}

async function writeAppIcons() {
  const icons = await makeAppIcons(root);
  await Promise.all(icons.map(({ file, bytes }) => writeFile(path.join(target, file), bytes)));
}

/** One file per page; what they share is split into chunks. The theme is a classic script, as it must run before paint. */
const SCRIPTS = [
  {
    entryPoints: [
      "app",
      "record",
      "session",
      "analytics",
      "practice",
      "sequences",
      "converse",
      "realtime",
      "pronunciation",
      "vocabulary",
    ].map((name) => `${source}/${name}.ts`),
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  },
  { entryPoints: [`${source}/theme.ts`], format: "iife" },
  {
    entryPoints: { capture: `${source}/conversation/capture_worklet.ts` },
    format: "iife",
  },
  { entryPoints: [`${source}/css/admin.css`], outbase: `${source}/css`, external: ["fonts/*"] },
  {
    entryPoints: [`${source}/worker/sw.ts`],
    format: "iife",
    outdir: target,
    outbase: `${source}/worker`,
  },
];

/** What the pages that work offline are made of; the service worker keeps it. */
const SHELL = ["app.css", "icons.svg", "chevron.svg", "favicon.svg", "theme.js"];
const SHELL_ENTRIES = ["app.js", "practice.js"];
const SHELL_FONTS = FONTS.filter((font) => font.includes("-latin-wght-"));

/** The scripts that `names` load, with what they import; later imports only where they belong to practice. */
function loadedBy(names, outputs) {
  const byName = new Map(
    Object.entries(outputs).map(([file, output]) => [
      path.relative(target, path.resolve(root, file)),
      output,
    ]),
  );
  const found = new Set();
  const follow = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path: file, kind } of byName.get(name).imports) {
      const imported = path.relative(target, path.resolve(root, file));
      const entry = byName.get(imported)?.entryPoint ?? "";
      if (kind === "import-statement" || entry.includes("/practice/")) follow(imported);
    }
  };
  names.forEach(follow);
  return [...found];
}

/** `shell.json`: the files and a version that changes with any of them. */
async function writeShell(outputs) {
  const fonts = SHELL_FONTS.map((font) => `fonts/${path.basename(font)}`);
  const files = [...SHELL, ...fonts, ...loadedBy(SHELL_ENTRIES, outputs)].sort();
  const version = createHash("sha256");
  for (const file of [...files, "sw.js"]) version.update(await readFile(path.join(target, file)));
  const shell = { version: version.digest("hex").slice(0, 16), files };
  await writeFile(path.join(target, "shell.json"), JSON.stringify(shell));
}

async function buildScripts() {
  let outputs = {};
  for (const entry of SCRIPTS) {
    const options = {
      outdir: target,
      ...entry,
      bundle: true,
      metafile: true,
      target: "es2022",
      minify: !watch,
      legalComments: "linked",
      logLevel: "warning",
    };
    if (watch) await (await esbuild.context(options)).watch();
    else outputs = { ...outputs, ...(await esbuild.build(options)).metafile.outputs };
  }
  return outputs;
}

function buildStyles() {
  const manifest = require.resolve("@tailwindcss/cli/package.json");
  const command = path.join(path.dirname(manifest), require(manifest).bin.tailwindcss);
  const flags = ["--input", `${source}/css/app.css`, "--output", `${target}/app.css`];
  flags.push(watch ? "--watch=always" : "--minify");
  const child = spawn(process.execPath, [command, ...flags], {
    cwd: root,
    stdio: ["ignore", "inherit", watch ? "inherit" : "pipe"],
  });
  const said = [];
  child.stderr?.on("data", (part) => said.push(part));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`The style sheet could not be built.\n${Buffer.concat(said)}`)),
    );
  });
}

if (!watch) await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const [outputs] = await Promise.all([
  buildScripts(),
  buildStyles(),
  copyFonts(),
  copyImages(),
  writeIcons(),
  writeAppIcons(),
]);
// A page that is watched is written anew all the time: no service worker keeps any of it.
if (!watch) await writeShell(outputs);
