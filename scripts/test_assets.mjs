/** Bundles every static/src/**\/*.test.ts and runs them on Node's own test runner. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const source = path.join(root, "static/src");
const entryPoints = (await readdir(source, { recursive: true }))
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => path.join(source, name));
const outdir = await mkdtemp(path.join(os.tmpdir(), "verbalcoach-"));

try {
  await esbuild.build({
    entryPoints,
    outdir,
    outbase: source,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    sourcemap: "inline",
    logLevel: "warning",
  });
  const tests = (await readdir(outdir, { recursive: true }))
    .filter((name) => name.endsWith(".test.mjs"))
    .map((name) => path.join(outdir, name));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...tests], {
    stdio: "inherit",
  });
  process.exitCode = run.status ?? 1;
} finally {
  await rm(outdir, { recursive: true, force: true });
}
