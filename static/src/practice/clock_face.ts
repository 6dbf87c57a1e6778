/** What the clock of a practice shows: the time, its signals, the steps, and how it stands with the server. */
import type { Texts } from "../text/texts";
import { clock } from "../text/time";
import { lights, type Signal, type Step, shareAt, signalAt } from "./reckoning";

export class ClockFace {
  constructor(
    private readonly element: HTMLElement,
    private readonly texts: Texts,
  ) {}

  /** Draws the time within a step; the signal that holds now, if any. */
  show(step: Step | undefined, into: number): Signal | "over" | undefined {
    this.part("time").textContent = clock(into);
    const share = shareAt(step, into);
    this.part<SVGElement>("share").style.strokeDasharray = `${share} 1`;
    const signal = signalAt(step, into) ?? (share >= 1 ? "over" : undefined);
    const { dataset } = this.element;
    if (signal === dataset.signal) return signal;
    if (signal) dataset.signal = signal;
    else delete dataset.signal;
    this.part("signal").textContent = signal ? this.texts.say(signal) : "";
    if (signal) this.say(signal);
    return signal;
  }

  showRunning(running: boolean): void {
    const icon = running ? "pause" : "play";
    for (const span of this.part("pause").querySelectorAll<HTMLElement>("[data-icon]"))
      span.hidden = span.dataset.icon !== icon;
    this.part("pause-caption").textContent = this.texts.say(running ? "pause" : "go-on");
  }

  showSteps(steps: Step[], present: number): void {
    const items = [...this.element.querySelectorAll<HTMLElement>("[data-part=steps] li")];
    items.forEach((item, index) => {
      item.toggleAttribute("data-done", index < present);
      if (index === present) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    this.part("text").textContent = items[present]?.dataset.text ?? "";
    this.part("next").hidden = present >= steps.length - 1;
    this.part("back").hidden = steps.length < 2;
    this.part<HTMLButtonElement>("back").disabled = present === 0;
    if (items.length > 1) {
      const place = this.texts.say("place", { number: present + 1, count: items.length });
      this.part("place").textContent = place;
      this.part("live").textContent = `${place}: ${steps[present]?.title ?? ""}`;
    }
    this.showLights(steps[present]);
  }

  enable(names: string[]): void {
    for (const name of names) this.part<HTMLButtonElement>(name).disabled = false;
  }

  /** Nothing more can be pressed. */
  close(): void {
    for (const name of ["pause", "back", "next", "finish"])
      this.part<HTMLButtonElement>(name).disabled = true;
  }

  note(key: string): void {
    const note = this.part("note");
    note.dataset.key = key;
    note.textContent = key ? this.texts.say(key) : "";
  }

  /** Takes a note back, if it is the one that stands there. */
  forget(key: string): void {
    if (this.part("note").dataset.key === key) this.note("");
  }

  /** For those who listen to the page. */
  say(key: string, values: Record<string, string> = {}): void {
    this.part("live").textContent = this.texts.say(key, values);
  }

  part<Kind extends Element = HTMLElement>(name: string): Kind {
    const found = this.element.querySelector<Kind>(`[data-part="${name}"]`);
    if (!found) throw new Error(`The clock has no part named "${name}".`);
    return found;
  }

  private showLights(step: Step | undefined): void {
    const list = this.element.querySelector<HTMLElement>("[data-part=lights]");
    if (!list) return;
    const times = lights(step);
    list.hidden = times === undefined;
    if (!times) return;
    for (const name of ["green", "amber", "red"] as const) {
      const item = list.querySelector(`.light-${name}`);
      if (item) item.textContent = this.texts.say(`${name}-at`, { time: clock(times[name]) });
    }
  }
}
