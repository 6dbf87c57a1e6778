/** Builds static/src into static/dist: style sheet, scripts, fonts and the icon sprite. `--watch` keeps on building. */
import { spawn } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
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

/** One file per page; what they share is split into chunks. The theme is a classic script, as it must run before paint. */
const SCRIPTS = [
  {
    entryPoints: ["app", "record", "session", "analytics", "practice"].map(
      (name) => `${source}/${name}.ts`,
    ),
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  },
  { entryPoints: [`${source}/theme.ts`], format: "iife" },
];

async function buildScripts() {
  for (const entry of SCRIPTS) {
    const options = {
      ...entry,
      bundle: true,
      outdir: target,
      target: "es2022",
      minify: !watch,
      legalComments: "linked",
      logLevel: "warning",
    };
    if (watch) await (await esbuild.context(options)).watch();
    else await esbuild.build(options);
  }
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
await Promise.all([copyFonts(), copyImages(), writeIcons(), buildScripts(), buildStyles()]);
