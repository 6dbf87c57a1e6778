import WaveSurfer from "wavesurfer.js";
import { colour, onThemeChange } from "../elements/colours";
import { squeeze } from "../recording/wave_canvas";
import { isFiller, isPause, type PlayerData } from "./data";

const PITCH = 3.5;
const BAR = 2;

/** The waveform of a recording, drawn from its peaks: bars in the voice's colour, fillers in theirs, pauses washed. */
export class Waveform {
  private readonly surfer: WaveSurfer;

  constructor(
    private readonly container: HTMLElement,
    audio: HTMLAudioElement,
    private readonly data: PlayerData,
    nonce: string,
    signal: AbortSignal,
  ) {
    this.washPauses();
    this.surfer = WaveSurfer.create({
      container,
      media: audio,
      peaks: [data.peaks],
      duration: data.duration,
      height: "auto",
      dragToSeek: true,
      hideScrollbar: true,
      cursorWidth: 1.5,
      cursorColor: colour("ink"),
      cspNonce: nonce,
      renderFunction: (_, context) => this.draw(context, false),
    });
    this.surfer.on("redrawcomplete", () => this.drawPlayed());
    onThemeChange(() => this.surfer.setOptions({ cursorColor: colour("ink") }), signal);
  }

  onUse(used: (time: number) => void): void {
    this.surfer.on("interaction", used);
  }

  destroy(): void {
    this.surfer.destroy();
  }

  /** wavesurfer fills its played layer with one colour; here fillers keep theirs. */
  private drawPlayed(): void {
    const layer = this.surfer.getWrapper().querySelector(".progress");
    for (const canvas of layer?.querySelectorAll("canvas") ?? []) {
      const context = canvas.getContext("2d");
      if (!context) continue;
      context.globalCompositeOperation = "source-over";
      context.clearRect(0, 0, canvas.width, canvas.height);
      this.draw(context, true);
    }
  }

  private draw(context: CanvasRenderingContext2D, played: boolean): void {
    const { canvas } = context;
    const ratio = canvas.width / Math.max(1, Number.parseFloat(canvas.style.width));
    const height = canvas.height / ratio;
    const first = Math.round(Number.parseFloat(canvas.style.left || "0") / PITCH);
    const count = Math.floor(this.container.clientWidth / PITCH);
    const bars = squeeze(this.data.peaks, count);
    const loudest = Math.max(0.05, ...bars);
    const voice = colour("voice");
    const filler = colour("filler");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (
      let bar = first;
      bar * PITCH < canvas.width / ratio + first * PITCH && bar < count;
      bar += 1
    ) {
      const from = (bar / count) * this.data.duration;
      const to = ((bar + 1) / count) * this.data.duration;
      const inFiller = this.data.events.some(
        (event) => isFiller(event) && event.start < to && event.end > from,
      );
      const inPause = this.data.events.some(
        (event) => isPause(event) && event.start <= from && event.end >= to,
      );
      const tall = inPause ? BAR : Math.max(BAR, ((bars[bar] ?? 0) / loudest) * height * 0.92);
      context.fillStyle = inFiller ? filler : voice;
      context.globalAlpha = played || inFiller ? 1 : 0.4;
      context.beginPath();
      context.roundRect((bar - first) * PITCH, (height - tall) / 2, BAR, tall, BAR / 2);
      context.fill();
    }
  }

  private washPauses(): void {
    for (const event of this.data.events.filter(isPause)) {
      const wash = document.createElement("span");
      wash.className = "wave-pause";
      wash.style.left = `${(100 * event.start) / this.data.duration}%`;
      wash.style.width = `${(100 * (event.end - event.start)) / this.data.duration}%`;
      this.container.append(wash);
    }
  }
}
