/** What a step asks for beside its time: the question, a text to read, a breath to follow. */
import { Texts } from "../text/texts";
import { breathAt } from "./breathing";
import type { Step } from "./reckoning";
import { TICK, type Tick } from "./ticks";

interface GuidedStep extends Step {
  prompt?: string;
  reading?: string;
  breathing?: number[];
}

const MOVES = matchMedia("(prefers-reduced-motion: no-preference)");

/** `<practice-guide>`, inside the clock: follows its steps. */
export class PracticeGuide extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();
  private shown = -1;

  connectedCallback(): void {
    this.timer?.addEventListener(
      TICK,
      (event) => this.follow((event as CustomEvent<Tick>).detail),
      {
        signal: this.lifetime.signal,
      },
    );
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private get timer(): HTMLElement | null {
    return this.closest<HTMLElement>("practice-timer");
  }

  private follow({ step, steps, into }: Tick): void {
    const present: GuidedStep | undefined = steps[step];
    if (step !== this.shown) this.showStep(steps, step);
    this.breathe(present, into);
  }

  private showStep(steps: GuidedStep[], number: number): void {
    this.shown = number;
    const present = steps[number];
    const prompt = this.timer?.querySelector("[data-part=prompt]");
    if (prompt && present?.prompt) prompt.textContent = present.prompt;
    const reading = this.piece("reading");
    if (reading) {
      reading.textContent = present?.reading ?? "";
      reading.hidden = !present?.reading;
    }
    this.timer?.toggleAttribute("data-reading", Boolean(present?.reading));
    this.timer?.toggleAttribute("data-breathing", (present?.breathing ?? []).length > 1);
    const asking = this.piece("asking");
    if (asking) asking.hidden = steps.slice(0, number + 1).some((step) => step.spoken);
  }

  private breathe(present: GuidedStep | undefined, into: number): void {
    const found = breathAt(present?.breathing ?? [], into);
    const words = this.piece("breath");
    const text = found ? this.texts.say(`breathe-${found.phase}`, { count: found.left }) : "";
    if (words && words.textContent !== text) words.textContent = text;
    const ball = this.timer?.querySelector<SVGElement>("[data-part=ball]");
    if (!ball) return;
    ball.style.visibility = found ? "visible" : "hidden";
    if (found)
      ball.style.transform = `scale(${MOVES.matches ? 0.45 + 0.55 * found.fullness : 0.7})`;
  }

  private piece(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-guide="${name}"]`);
  }
}
