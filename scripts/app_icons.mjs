/** Draws the icons of the installed app: the mark of static/src/icons, as PNG. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";

/** The tokens `voice` and `paper` of the light theme, in sRGB. */
const GROUND = [0x00, 0x6d, 0x74];
const MARK = [0xfc, 0xfa, 0xf7];
/** How finely an edge is sampled: 4 by 4 points a pixel. */
const FINE = 4;

/** `any`: a rounded square; `maskable`: to the edges, the mark within the circle that no mask cuts. */
const ICONS = [
  { file: "icon-192.png", size: 192, share: 0.62, radius: 0.22 },
  { file: "icon-512.png", size: 512, share: 0.62, radius: 0.22 },
  { file: "icon-maskable-512.png", size: 512, share: 0.5, radius: 0 },
  { file: "icon-touch-180.png", size: 180, share: 0.56, radius: 0 },
];

/** The upright strokes of the mark: `M x y v length` each, with round ends. */
async function strokesOf(root) {
  const svg = await readFile(path.join(root, "static/src/icons/mark.svg"), "utf8");
  const box = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)[1]);
  const half = Number(/stroke-width="([\d.]+)"/.exec(svg)[1]) / 2 / box;
  const strokes = [...svg.matchAll(/M([\d.]+) ([\d.]+)v([\d.]+)/g)].map((found) => {
    const [x, y, length] = found.slice(1).map((number) => Number(number) / box);
    return { x, top: y, bottom: y + length };
  });
  return { strokes, half };
}

function insideMark({ strokes, half }, x, y) {
  return strokes.some((stroke) => {
    const nearest = Math.min(Math.max(y, stroke.top), stroke.bottom);
    return Math.hypot(x - stroke.x, y - nearest) <= half;
  });
}

function insideSquare(radius, x, y) {
  const dx = Math.max(radius - x, x - (1 - radius), 0);
  const dy = Math.max(radius - y, y - (1 - radius), 0);
  return Math.hypot(dx, dy) <= radius;
}

function pixel(mark, { size, share, radius }, column, row) {
  const sum = [0, 0, 0, 0];
  for (let point = 0; point < FINE * FINE; point += 1) {
    const x = (column + ((point % FINE) + 0.5) / FINE) / size;
    const y = (row + (Math.floor(point / FINE) + 0.5) / FINE) / size;
    if (radius > 0 && !insideSquare(radius, x, y)) continue;
    const onMark = insideMark(mark, (x - 0.5) / share + 0.5, (y - 0.5) / share + 0.5);
    for (const [index, value] of (onMark ? MARK : GROUND).entries()) sum[index] += value;
    sum[3] += 1;
  }
  const covered = sum[3];
  if (covered === 0) return [0, 0, 0, 0];
  return [
    ...sum.slice(0, 3).map((value) => Math.round(value / covered)),
    Math.round((255 * covered) / (FINE * FINE)),
  ];
}

/** The check sum of a PNG chunk; node:zlib has it only in later versions of Node 20. */
function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function png(mark, icon) {
  const { size } = icon;
  const rows = Buffer.alloc(size * (1 + 4 * size));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      rows.set(pixel(mark, icon, column, row), row * (1 + 4 * size) + 1 + 4 * column);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Each icon's file name and bytes. */
export async function makeAppIcons(root) {
  const mark = await strokesOf(root);
  return ICONS.map((icon) => ({ file: icon.file, bytes: png(mark, icon) }));
}
