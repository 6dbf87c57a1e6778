/** Collects the lucide icons that templates and scripts name into one SVG sprite. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Icons whose name a template takes from a variable, and our own mark (static/src/icons). */
const NAMED_BY_DATA = ["circle-alert", "circle-check", "info", "triangle-alert"];

const IN_TEMPLATE = /partials\/icon\.html"\s+with\s+name="([a-z0-9-]+)"/g;
const IN_ARGUMENT = /\sicon="([a-z0-9-]+)"/g;
const IN_SCRIPT = /\bicon\("([a-z0-9-]+)"/g;

async function filesUnder(folder, endings) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

async function namesIn(files, patterns) {
  const names = new Set();
  for (const file of files) {
    const text = await readFile(file, "utf8");
    for (const pattern of patterns) {
      for (const match of text.matchAll(pattern)) names.add(match[1]);
    }
  }
  return names;
}

function toSymbol(name, svg) {
  const box = /viewBox="([^"]+)"/.exec(svg)[1];
  const shapes = svg
    .replace(/<!--.*?-->/gs, "")
    .replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "")
    .replace(/\s+/g, " ");
  return `<symbol id="${name}" viewBox="${box}">${shapes}</symbol>`;
}

/** Returns the sprite's text; throws, naming the icon, when neither lucide nor static/src/icons has it. */
export async function makeSprite(root) {
  const own = path.join(root, "static/src/icons");
  const names = new Set([
    ...NAMED_BY_DATA,
    ...(await namesIn(await filesUnder(path.join(root, "templates"), [".html"]), [
      IN_TEMPLATE,
      IN_ARGUMENT,
    ])),
    ...(await namesIn(await filesUnder(path.join(root, "static/src"), [".ts"]), [IN_SCRIPT])),
  ]);
  const symbols = [];
  for (const name of [...names].sort()) {
    const candidates = [own, path.join(root, "node_modules/lucide-static/icons")];
    const texts = await Promise.all(
      candidates.map((folder) =>
        readFile(path.join(folder, `${name}.svg`), "utf8").catch(() => null),
      ),
    );
    const svg = texts.find((text) => text !== null);
    if (!svg) throw new Error(`There is no icon named "${name}" in lucide or static/src/icons.`);
    symbols.push(toSymbol(name, svg));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
