import type { Texts } from "../text/texts";
import { clock } from "../text/time";
import type { Obstacle } from "./microphone";
import { WaveCanvas } from "./wave_canvas";

export type State = "idle" | "asking" | "recording" | "paused" | "review" | "sending";

export interface Presses {
  main: () => void;
  finish: () => void;
  discard: () => void;
  again: () => void;
  stop: () => void;
}

const QUIET = 0.25;
const LOUD_PEAK = 0.99;
/** Readings (ten a second) before a hint about the level is given. */
const PATIENCE = 40;

/** The recorder as it is seen and heard: one state at a time, every change said in a live region. */
export class RecorderView {
  state: State = "idle";
  private readonly wave: WaveCanvas;
  private quietFor = 0;
  private overloads = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly texts: Texts,
  ) {
    this.wave = new WaveCanvas(this.part<HTMLCanvasElement>("wave"));
  }

  get microphone(): string {
    return this.part<HTMLSelectElement>("microphone").value;
  }

  onPress(presses: Presses): void {
    for (const [name, press] of Object.entries(presses)) {
      this.part(name).addEventListener("click", press);
    }
  }

  show(state: State, values: Record<string, string> = {}): void {
    this.state = state;
    this.root.dataset.state = state;
    const showing: Record<string, boolean> = {
      discard: state === "recording" || state === "paused" || state === "review",
      finish: state === "recording" || state === "paused" || state === "review",
      main: state !== "sending",
      sending: state === "sending",
      again: false,
      devices: state === "idle",
    };
    for (const [name, shown] of Object.entries(showing)) this.part(name).hidden = !shown;
    this.part<HTMLButtonElement>("main").disabled = state === "asking";
    this.caption("main", `main-${state}`);
    this.caption("finish", `finish-${state}`);
    this.part("hint").textContent = this.texts.say(`hint-${state}`);
    this.note("");
    if (state === "idle") this.reset();
    this.announce(this.texts.say(`said-${state}`, values));
  }

  /** A sentence beside the controls that stays until something changes. */
  tell(key: string, values: Record<string, string | number> = {}): void {
    const sentence = this.texts.say(key, values);
    this.note(sentence);
    this.announce(sentence);
  }

  say(sentence: string): void {
    this.note(sentence);
    this.announce(sentence);
  }

  explain(obstacle: Obstacle): void {
    this.root.dataset.obstacle = obstacle;
    this.part<HTMLButtonElement>("main").disabled = ["insecure", "unsupported"].includes(obstacle);
    this.tell(obstacle);
  }

  showTime(seconds: number): void {
    this.part("time").textContent = clock(seconds);
  }

  hear(level: number, peak: number, levels: number[]): void {
    this.wave.showTail(levels);
    this.quietFor = level < QUIET ? this.quietFor + 1 : 0;
    this.overloads = peak >= LOUD_PEAK ? this.overloads + 1 : this.overloads;
    if (this.quietFor === PATIENCE) this.tell("quiet");
    else if (this.quietFor === 0 && this.overloads === PATIENCE / 4) this.tell("loud");
  }

  showListening(playing: boolean, at: number, of: number, share: number, levels: number[]): void {
    this.root.toggleAttribute("data-playing", playing);
    this.caption("main", playing ? "main-playing" : "main-review");
    this.part("time").textContent = clock(at > 0 ? at : of);
    this.wave.showWhole(levels, at > 0 ? share : 1);
  }

  showSending(share: number): void {
    const progress = this.part<HTMLProgressElement>("progress");
    progress.value = share;
    this.part("again").hidden = true;
    this.note(
      this.texts.say(share < 1 ? "sent-share" : "sent-all", { percent: Math.round(share * 100) }),
    );
  }

  showWaiting(seconds: number, offline: boolean): void {
    this.part("again").hidden = false;
    this.tell(offline ? "offline" : "unreachable", { seconds: Math.ceil(seconds) });
  }

  offerMicrophones(devices: MediaDeviceInfo[], chosen: string): void {
    const select = this.part<HTMLSelectElement>("microphone");
    const selected = select.value || chosen;
    select.replaceChildren(
      ...devices.map(
        (device) => new Option(device.label, device.deviceId, false, device.deviceId === selected),
      ),
    );
    this.part("devices").toggleAttribute("data-few", devices.length < 2);
  }

  askToDiscard(seconds: number, discard: () => void): void {
    const dialog = this.part<HTMLDialogElement>("confirm");
    this.part("confirm-text").textContent = this.texts.say("confirm", { time: clock(seconds) });
    this.part("confirm-no").onclick = () => dialog.close();
    this.part("confirm-yes").onclick = () => {
      dialog.close();
      discard();
    };
    dialog.showModal();
  }

  /** Whether Enter would press another button than the main one, which gives way to "Enter finishes". */
  pressesAnother(event: KeyboardEvent): boolean {
    const pressed = event.target instanceof Element && event.target.closest("button, a, summary");
    return Boolean(pressed) && pressed !== this.part("main");
  }

  private reset(): void {
    this.quietFor = 0;
    this.overloads = 0;
    this.root.removeAttribute("data-playing");
    this.showTime(0);
    this.wave.showTail([]);
  }

  private note(sentence: string): void {
    this.part("note").textContent = sentence;
  }

  private announce(sentence: string): void {
    this.part("live").textContent = sentence;
  }

  private caption(part: string, key: string): void {
    const text = this.texts.say(key);
    this.part(`${part}-caption`).textContent = text === key ? "" : text;
  }

  private part<Part extends HTMLElement = HTMLElement>(name: string): Part {
    const part = this.root.querySelector<Part>(`[data-part="${name}"]`);
    if (!part) throw new Error(`The recorder's markup has no part "${name}".`);
    return part;
  }
}
