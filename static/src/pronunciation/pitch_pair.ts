import { svg } from "../elements/svg";

const WIDTH = 1000;
const HEIGHT = 160;
const MARGIN = 8;
/** Semitones above and below the middle that are always shown, so that a flat voice looks flat. */
const LEAST = 4;

type Point = [time: number, semitones: number | null];
interface Melody {
  own: Point[];
  model: Point[];
}

/** `<pitch-pair>`: the learner's melody, and the model voice's under it. Its numbers stand in a table. */
export class PitchPair extends HTMLElement {
  connectedCallback(): void {
    const source = document.getElementById(this.dataset.source ?? "")?.textContent;
    if (!source) return;
    const { own, model } = JSON.parse(source) as Melody;
    const heights = [...own, ...model].map(([, value]) => Math.abs(value ?? 0));
    const most = Math.max(LEAST, ...heights);
    const last = Math.max(...[...own, ...model].map(([time]) => time), 0.1);
    const x = (time: number): number => (time / last) * WIDTH;
    const y = (value: number): number => HEIGHT / 2 - (value / most) * (HEIGHT / 2 - MARGIN);
    const line = (points: Point[], name: string): SVGElement =>
      svg("path", { class: name, d: pathOf(points, x, y) });
    this.append(
      svg(
        "svg",
        { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
        [
          svg("path", { class: "timeline-middle", d: `M0,${y(0)}H${WIDTH}` }),
          line(model, "pitch-model"),
          line(own, "pitch-own"),
        ],
      ),
    );
  }
}

/** The stretches with a voice, each a line of its own. */
function pathOf(
  points: Point[],
  x: (time: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let drawing = false;
  for (const [time, value] of points) {
    if (value !== null)
      path += `${drawing ? "L" : "M"}${x(time).toFixed(1)},${y(value).toFixed(1)}`;
    drawing = value !== null;
  }
  return path;
}
