import type { Texts } from "../text/texts";
import { clock } from "../text/time";
import { partOf } from "./dialogue_view";
import type { TalkFacts } from "./talk_facts";

export type TalkState =
  | "idle"
  | "asking"
  | "open"
  | "listening"
  | "holding"
  | "hearing"
  | "thinking"
  | "speaking"
  | "over";

/** What stands around the dialogue: the clock, what is got done, the button and what it says, a hint, a note. */
export class TalkFace {
  private readonly met: Set<string>;
  private hints: string[] = [];
  private hintsShown = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly texts: Texts,
    private readonly facts: TalkFacts,
  ) {
    this.met = new Set(facts.met);
  }

  /** All is there to hear the learner. */
  open(): void {
    this.part("speak").removeAttribute("disabled");
  }

  part(name: string): HTMLElement {
    return partOf(this.root, name);
  }

  showTime(seconds: number): void {
    this.part("time").textContent = clock(seconds);
  }

  show(state: TalkState, handsFree: boolean): void {
    this.root.dataset.state = state;
    const listens = state === "listening" || state === "holding";
    for (const icon of this.part("speak").querySelectorAll<HTMLElement>("[data-icon]")) {
      icon.hidden = (icon.dataset.icon === "square") !== listens;
    }
    const caption = this.texts.say(listens ? "caption-listening" : "caption-idle");
    setText(this.part("speak-caption"), caption);
    const key = state === "speaking" && !handsFree ? "speaking-press" : state;
    const seconds = new Intl.NumberFormat(document.documentElement.lang, {
      maximumFractionDigits: 1,
    }).format(this.facts.patience);
    const said = this.texts.say(`state-${key}`, { partner: this.facts.partner, seconds });
    setText(this.part("state"), said[0]?.toUpperCase() + said.slice(1));
    this.part("hands-free").setAttribute("aria-pressed", String(handsFree));
  }

  /** A sentence about what is not as it should be; empty where all is well. */
  note(key: string): void {
    setText(this.part("note"), key ? this.texts.say(key) : "");
  }

  showMet(ids: readonly string[]): void {
    for (const id of ids) this.met.add(id);
    if (this.facts.checks === 0) return;
    for (const line of this.part("checks").querySelectorAll<HTMLElement>("[data-check]")) {
      line.toggleAttribute("data-met", this.met.has(line.dataset.check ?? ""));
    }
    const counts = { met: this.met.size, all: this.facts.checks };
    setText(this.part("met"), this.texts.say("met", counts));
  }

  /** What could be said next; shown one by one when asked for. */
  setHints(hints: readonly string[]): void {
    this.hints = [...hints];
    this.hintsShown = 0;
    this.part("show-hint").hidden = hints.length === 0;
    this.part("hint").hidden = true;
  }

  showHint(): void {
    if (this.hints.length === 0) return;
    setText(this.part("hint"), this.hints[this.hintsShown % this.hints.length] ?? "");
    this.part("hint").hidden = false;
    this.hintsShown += 1;
  }

  /** What was typed; it is on its way now. */
  takeTyped(): string {
    const field = this.root.querySelector<HTMLInputElement>("#typed");
    const text = field?.value.trim() ?? "";
    if (field && text) field.value = "";
    return text;
  }

  /** What was typed could not be kept: it stands in the box again. */
  giveBack(text: string): void {
    const field = this.root.querySelector<HTMLInputElement>("#typed");
    if (field && !field.value) field.value = text;
  }

  /** Opens the box to type in, or closes it. */
  toggleTyping(open = !this.part("typing").hasAttribute("data-open")): void {
    this.part("typing").toggleAttribute("data-open", open);
    this.part("type").setAttribute("aria-expanded", String(open));
    if (open) this.root.querySelector<HTMLInputElement>("#typed")?.focus();
    else this.part("speak").focus();
  }
}

/** A live region says again what is written again, though it is the same. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
