import { singleKeysOn, taken } from "../elements/shortcuts";
import { Texts } from "../text/texts";
import {
  heightOf,
  type Paragraph,
  paceWithin,
  paragraphAt,
  wordsAt,
  wordsBefore,
} from "./prompting";
import { LEVEL, TICK, type Tick } from "./ticks";
import { VoiceActivity } from "./voice_activity";

const PACE_STEP = 10;
const SIZES = ["1.375rem", "1.75rem", "2.25rem", "2.875rem", "3.5rem"];
/** The line that is read stands so far down the view. */
const READING_LINE = 0.28;
/** Whoever scrolls by hand is let be for so long (ms). */
const BY_HAND = 900;
const KEPT_EVERY = 1000;

/**
 * `<tele-prompter>`: the script, scrolling by the speaker's pace while the clock runs. Told to follow the voice, it goes
 * on only while the microphone hears one. With reduced motion it moves paragraph by paragraph.
 */
export class TelePrompter extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();
  private readonly voice = new VoiceActivity();
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private words = 0;
  private pace = 140;
  private size = 1;
  private running = false;
  private heardAt = Number.NEGATIVE_INFINITY;
  private placed = false;
  private byHandUntil = 0;
  private drawnAt = 0;
  private keptAt = 0;

  connectedCallback(): void {
    const { signal } = this.lifetime;
    this.pace = paceWithin(Number(this.dataset.pace) || this.pace);
    this.size = Number(localStorage.getItem("prompter-size") ?? 1);
    this.toggleAttribute("data-mirrored", localStorage.getItem("prompter-mirror") === "yes");
    this.follow.checked = localStorage.getItem("prompter-follow") === "yes";
    this.restore();
    for (const button of this.querySelectorAll<HTMLElement>("[data-prompter-do]"))
      button.addEventListener("click", () => this.do(button.dataset.prompterDo ?? ""), { signal });
    this.follow.addEventListener(
      "change",
      () => localStorage.setItem("prompter-follow", this.follow.checked ? "yes" : "no"),
      { signal },
    );
    for (const kind of ["wheel", "touchmove"])
      this.view.addEventListener(kind, () => this.scrolledByHand(), { signal, passive: true });
    this.text.addEventListener("click", (event) => this.jumpTo(event.target), { signal });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    addEventListener("pagehide", () => this.keep(performance.now()), { signal });
    const timer = this.closest("practice-timer");
    timer?.addEventListener(TICK, (event) => this.onTick((event as CustomEvent<Tick>).detail), {
      signal,
    });
    timer?.addEventListener(LEVEL, (event) => this.hear((event as CustomEvent<number>).detail), {
      signal,
    });
    this.showSize();
    this.showPace();
    this.showMirror();
    requestAnimationFrame((at) => this.draw(at));
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private onTick({ elapsed, running }: Tick): void {
    this.running = running;
    if (!this.placed) this.words = Math.min(this.total, (elapsed * this.pace) / 60);
    this.placed = true;
    this.showState();
  }

  private hear(level: number): void {
    this.heardAt = performance.now();
    this.voice.hear(level, this.heardAt / 1000);
  }

  /** Whether a microphone tells levels at all: without one there is no voice to follow. */
  private get listens(): boolean {
    return performance.now() - this.heardAt < 1000;
  }

  private get moves(): boolean {
    if (!this.running) return false;
    if (!this.follow.checked || !this.listens) return true;
    return this.voice.speaks(performance.now() / 1000);
  }

  private draw(at: number): void {
    if (this.lifetime.signal.aborted) return;
    const passed = this.drawnAt ? Math.min(0.5, (at - this.drawnAt) / 1000) : 0;
    this.drawnAt = at;
    const paragraphs = this.paragraphs();
    if (at < this.byHandUntil) {
      this.words = wordsAt(paragraphs, this.view.scrollTop + this.line);
    } else {
      if (this.moves) this.words = Math.min(this.total, this.words + (passed * this.pace) / 60);
      const shown = this.still.matches
        ? (wordsBefore(paragraphs)[paragraphAt(paragraphs, this.words)] ?? 0)
        : this.words;
      const top = heightOf(paragraphs, shown) - this.line;
      if (Math.abs(this.view.scrollTop - top) >= 0.5) this.view.scrollTop = top;
    }
    this.mark(paragraphAt(paragraphs, this.words));
    if (at - this.keptAt > KEPT_EVERY) this.keep(at);
    requestAnimationFrame((next) => this.draw(next));
  }

  private mark(current: number): void {
    [...this.text.children].forEach((paragraph, index) => {
      paragraph.toggleAttribute("data-current", index === current);
    });
  }

  private scrolledByHand(): void {
    this.byHandUntil = performance.now() + BY_HAND;
  }

  private jumpTo(target: EventTarget | null): void {
    const paragraph = target instanceof Element ? target.closest("p") : null;
    const index = paragraph ? [...this.text.children].indexOf(paragraph) : -1;
    if (index >= 0) this.jump(index);
  }

  private jump(index: number): void {
    this.byHandUntil = 0;
    this.words = wordsBefore(this.paragraphs())[Math.max(0, index)] ?? this.total;
  }

  private do(what: string): void {
    const current = paragraphAt(this.paragraphs(), this.words);
    if (what === "faster" || what === "slower") {
      this.pace = paceWithin(this.pace + (what === "faster" ? PACE_STEP : -PACE_STEP));
      this.showPace();
    } else if (what === "larger" || what === "smaller") {
      this.size += what === "larger" ? 1 : -1;
      this.showSize();
    } else if (what === "mirror") {
      this.toggleAttribute("data-mirrored");
      this.showMirror();
    } else if (what === "back") {
      this.jump(current - 1);
    } else if (what === "on") {
      this.jump(current + 1);
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (taken(event)) return;
    const keys: Record<string, string> = {
      "+": "faster",
      "=": "faster",
      "-": "slower",
      "]": "larger",
      "[": "smaller",
      m: "mirror",
      ArrowUp: "back",
      ArrowDown: "on",
    };
    const what = keys[event.key];
    if (!what || !singleKeysOn()) return;
    event.preventDefault();
    this.do(what);
  }

  private showPace(): void {
    this.find("pace").textContent = this.texts.say("pace", { pace: this.pace });
  }

  private showSize(): void {
    this.size = Math.min(SIZES.length - 1, Math.max(0, this.size || 0));
    localStorage.setItem("prompter-size", String(this.size));
    this.style.setProperty("--prompter-size", SIZES[this.size] ?? "");
  }

  private showMirror(): void {
    const mirrored = this.hasAttribute("data-mirrored");
    localStorage.setItem("prompter-mirror", mirrored ? "yes" : "no");
    this.querySelector("[data-prompter-do=mirror]")?.setAttribute("aria-pressed", `${mirrored}`);
  }

  private showState(): void {
    let key = "";
    if (this.follow.checked && this.running) {
      if (!this.listens) key = "not-listening";
      else key = this.moves ? "hears" : "waits";
    }
    const text = key ? this.texts.say(key) : "";
    const part = this.find("state");
    if (part.textContent !== text) part.textContent = text;
  }

  /** Where the script stood, for a page that is loaded again. */
  private keep(at: number): void {
    this.keptAt = at;
    if (this.placed) sessionStorage.setItem(this.name, JSON.stringify([this.words, this.pace]));
  }

  private restore(): void {
    const kept = JSON.parse(sessionStorage.getItem(this.name) ?? "null");
    if (!Array.isArray(kept)) return;
    this.words = Math.min(this.total, Number(kept[0]) || 0);
    this.pace = paceWithin(Number(kept[1]) || this.pace);
    this.placed = true;
  }

  private get name(): string {
    return `prompter-${this.dataset.practice ?? ""}`;
  }

  private get total(): number {
    return wordsBefore(this.paragraphs()).at(-1) ?? 0;
  }

  private get line(): number {
    return this.view.clientHeight * READING_LINE;
  }

  private paragraphs(): Paragraph[] {
    return [...this.text.children].map((element) => ({
      top: (element as HTMLElement).offsetTop,
      height: (element as HTMLElement).offsetHeight,
      words: Number((element as HTMLElement).dataset.words),
    }));
  }

  private get view(): HTMLElement {
    return this.find("view");
  }

  private get text(): HTMLElement {
    return this.find("text");
  }

  private get follow(): HTMLInputElement {
    return this.find("follow") as HTMLInputElement;
  }

  private find(name: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-prompter="${name}"]`);
    if (!found) throw new Error(`The script has no part named "${name}".`);
    return found;
  }
}
