import { pressesSomething, singleKeysOn, taken } from "../elements/shortcuts";
import { hush, onVoices, speak, voicesFor } from "../practice/model_voice";

/**
 * One word: space shows its meaning, 1 to 4 rate it, U takes the last answer back, P plays it. All of it works by the
 * page's own buttons as well. The word is said by its recording, else by a voice of this device; a voice that would
 * send the word to its maker is not used.
 */
export class WordReview extends HTMLElement {
  private stop = new AbortController();

  connectedCallback(): void {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("keydown", (event) => this.press(event), { signal });
    this.hear?.addEventListener("click", () => this.play(), { signal });
    this.answer?.addEventListener("toggle", () => this.shown(), { signal });
    onVoices(() => this.offerVoice(), signal);
    this.offerVoice();
  }

  disconnectedCallback(): void {
    this.stop.abort();
    hush();
  }

  private get answer(): HTMLDetailsElement | null {
    return this.querySelector("details");
  }

  private get hear(): HTMLButtonElement | null {
    return this.querySelector("[data-review=hear]");
  }

  private get voice(): SpeechSynthesisVoice | undefined {
    return voicesFor(this.dataset.language ?? "").local[0];
  }

  private offerVoice(): void {
    const sound = this.querySelector("[data-review=sound]");
    if (this.hear) this.hear.hidden = !sound && !this.voice;
  }

  private play(): void {
    const sound = this.querySelector<HTMLAudioElement>("[data-review=sound]");
    if (sound) {
      sound.currentTime = 0;
      sound.play().catch(() => this.say());
    } else this.say();
  }

  private say(): void {
    const word = this.querySelector("[data-review=word]")?.textContent ?? "";
    if (this.voice) void speak(word, this.voice, 1);
  }

  /** Once the meaning is seen, the usual answer has the focus. */
  private shown(): void {
    if (this.answer?.open) this.rate("3")?.focus();
  }

  private rate(rating: string): HTMLButtonElement | null {
    return this.querySelector(`button[name=rating][value="${rating}"]`);
  }

  private press(event: KeyboardEvent): void {
    if (!singleKeysOn() || taken(event) || event.repeat) return;
    const open = this.answer?.open ?? false;
    const key = event.key.toLowerCase();
    if (key === " " && !open && this.answer && !pressesSomething(event)) this.answer.open = true;
    else if (open && "1234".includes(key)) this.rate(key)?.click();
    else if (key === "u") this.querySelector<HTMLButtonElement>("[data-review=undo]")?.click();
    else if (key === "p" && this.hear && !this.hear.hidden) this.play();
    else return;
    event.preventDefault();
  }
}
