import { colour, onThemeChange } from "../elements/colours";

const PITCH = 12;
const BAR = 6;

/** The recorder's bars: the newest levels while recording, the whole take when it is listened to. */
export class WaveCanvas {
  private levels: number[] = [];
  private played = 1;
  private whole = false;

  constructor(private readonly canvas: HTMLCanvasElement) {
    new ResizeObserver(() => this.draw()).observe(canvas);
    onThemeChange(() => this.draw(), new AbortController().signal);
  }

  /** Shows the tail of `levels`, growing from the left until the canvas is full. */
  showTail(levels: number[]): void {
    this.levels = levels;
    this.whole = false;
    this.draw();
  }

  /** Shows all of `levels` in the width there is; bars after `played` (0 to 1) are dimmed. */
  showWhole(levels: number[], played: number): void {
    this.levels = levels;
    this.whole = true;
    this.played = played;
    this.draw();
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = window.devicePixelRatio || 1;
    const context = this.canvas.getContext("2d");
    if (!context || width === 0) return;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    context.scale(ratio, ratio);
    context.fillStyle = colour("voice");
    const count = Math.max(1, Math.floor((width + PITCH - BAR) / PITCH));
    const offset = (width - (count * PITCH - (PITCH - BAR))) / 2;
    const bars = this.whole ? squeeze(this.levels, count) : this.levels.slice(-count);
    for (let bar = 0; bar < count; bar += 1) {
      const level = bars[bar];
      const silent = level === undefined;
      const tall = silent ? BAR : Math.max(BAR, level * height);
      const dim = this.whole ? (bar + 0.5) / count > this.played : silent;
      context.globalAlpha = dim ? 0.22 : 1;
      context.beginPath();
      context.roundRect(offset + bar * PITCH, (height - tall) / 2, BAR, tall, BAR / 2);
      context.fill();
    }
  }
}

/** `levels` as `count` bars, each as tall as the loudest moment it stands for. */
export function squeeze(levels: number[], count: number): number[] {
  if (levels.length === 0) return [];
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count));
    let highest = 0;
    for (let at = from; at < to; at += 1) highest = Math.max(highest, levels[at] ?? 0);
    return highest;
  });
}
