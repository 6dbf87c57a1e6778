import { csrfToken } from "../connection/csrf";
import { pressesSomething, singleKeysOn, taken } from "../elements/shortcuts";
import { obstacle } from "../recording/microphone";
import { Texts } from "../text/texts";
import { hush, onVoices, speak, voicesFor } from "./model_voice";
import { joined, spokenSpan, wavOf } from "./phrase_audio";
import { PhraseRecorder, type Spoken } from "./phrase_recorder";
import { type PhraseTaken, sendPhrases } from "./phrases_sent";

const SLOWLY = 0.8;
const VOICE = "model-voice";
const LONGEST_STEP = 60;

type State = "ready" | "listening" | "speaking" | "spoken" | "sending";

/**
 * `<shadow-voice>`: phrase by phrase, the browser's voice speaks, then the learner, who is recorded. What was said stays in
 * this page until it is sent as one recording at the end, and only if the learner wants that.
 */
export class ShadowVoice extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();
  private readonly recorder = new PhraseRecorder();
  private readonly player = new Audio();
  private readonly takes = new Map<number, PhraseTaken & { spoken: Spoken }>();
  private state: State = "ready";
  private at = 0;
  private modelSeconds: number | undefined;
  private key = crypto.randomUUID();
  private active = 0;
  private changedAt = performance.now();

  connectedCallback(): void {
    const { signal } = this.lifetime;
    const on = (name: string, act: () => void): void =>
      this.find(name).addEventListener("click", act, { signal });
    on("main", () => void this.pressMain());
    on("slowly", () => void this.listen(SLOWLY));
    on("model", () => void this.hearModel());
    on("own", () => this.hearOwn());
    on("again", () => void this.takeTurn());
    on("next", () => this.next());
    on("finish", () => void this.finish());
    this.select.addEventListener("change", () => this.chooseVoice(), { signal });
    onVoices(() => this.showVoices(), signal);
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    signal.addEventListener("abort", () => this.silence());
    addEventListener("beforeunload", (event) => this.takes.size > 0 && event.preventDefault(), {
      signal,
    });
    this.showVoices();
    this.showPhrase();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private get phrases(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-shadow=phrases] li")];
  }

  private get phrase(): string {
    return this.phrases[this.at]?.dataset.text ?? "";
  }

  private get voice(): SpeechSynthesisVoice | undefined {
    const { local, remote } = voicesFor(this.dataset.language ?? "");
    return [...local, ...remote].find((voice) => voice.voiceURI === this.select.value);
  }

  /** Local voices first; a remote one only where somebody chooses it. */
  private showVoices(): void {
    const { local, remote } = voicesFor(this.dataset.language ?? "");
    const options = [
      ...local.map((voice) => new Option(voice.name, voice.voiceURI)),
      ...remote.map(
        (voice) => new Option(this.texts.say("remote", { name: voice.name }), voice.voiceURI),
      ),
      new Option(this.texts.say("no-voice"), ""),
    ];
    const before = this.select.value || localStorage.getItem(VOICE) || "";
    this.select.replaceChildren(...options);
    const kept = local.find((voice) => voice.voiceURI === before) ?? local[0];
    this.select.value = kept?.voiceURI ?? "";
    this.find("voices").hidden = local.length + remote.length === 0;
    this.tellVoice();
  }

  private chooseVoice(): void {
    hush();
    localStorage.setItem(VOICE, this.select.value);
    this.tellVoice();
    this.show(this.state === "listening" ? "ready" : this.state);
  }

  private tellVoice(): void {
    const { voice } = this;
    let key = "voice-none";
    if (voice) key = voice.localService ? "voice-local" : "voice-remote";
    else if (!this.find("voices").hidden) key = "voice-unchosen";
    this.find("voice-note").textContent = this.texts.say(key, { name: voice?.name ?? "" });
    this.showButtons();
  }

  private async pressMain(): Promise<void> {
    if (this.state === "speaking") this.recorder.end();
    else if (this.state === "listening") hush();
    else if (this.state === "spoken") this.next();
    else if (this.state === "ready" && this.voice) await this.listen(1);
    else if (this.state === "ready") await this.takeTurn();
  }

  /** The voice speaks, then it is the learner's turn. */
  private async listen(rate: number): Promise<void> {
    const { voice, at } = this;
    if (!voice || this.state === "speaking" || this.state === "sending") return;
    this.silence();
    this.show("listening");
    const seconds = await speak(this.phrase, voice, rate);
    if (this.state !== "listening" || this.at !== at) return;
    // Slowly is no pace to be held against.
    if (rate === 1) this.modelSeconds = seconds;
    if (seconds === undefined) this.tell("voice-failed");
    await this.takeTurn();
  }

  private async takeTurn(): Promise<void> {
    if (this.state === "speaking" || this.state === "sending") return;
    this.silence();
    if (obstacle()) {
      this.tell("no-microphone");
      this.show("spoken");
      return;
    }
    const { at } = this;
    this.tell("");
    try {
      await this.recorder.open();
      this.show("speaking");
      const spoken = await this.recorder.record();
      const span = spokenSpan(spoken.samples);
      if (!span) {
        this.tell("not-heard");
        this.show(this.takes.has(at) ? "spoken" : "ready");
        return;
      }
      this.takes.set(at, {
        number: at + 1,
        model_seconds: this.modelSeconds ?? null,
        own_seconds: Math.round((span.end - span.start) * 100) / 100,
        spoken,
      });
    } catch {
      this.tell("no-microphone");
    }
    this.show("spoken");
  }

  private async hearModel(): Promise<void> {
    this.silence();
    if (this.voice) await speak(this.phrase, this.voice, 1);
  }

  private hearOwn(): void {
    const take = this.takes.get(this.at);
    if (!take) return;
    this.silence();
    this.player.src = URL.createObjectURL(take.spoken.audio);
    void this.player.play();
  }

  private silence(): void {
    hush();
    this.player.pause();
    if (this.player.src) URL.revokeObjectURL(this.player.src);
  }

  private next(): void {
    if (this.state === "speaking" || this.state === "sending") return;
    this.silence();
    if (this.at >= this.phrases.length - 1) {
      void this.finish();
      return;
    }
    this.at += 1;
    this.modelSeconds = undefined;
    this.tell("");
    this.showPhrase();
  }

  private async finish(): Promise<void> {
    if (this.state === "sending") return;
    if (this.state === "speaking") this.recorder.end();
    this.silence();
    const passed = this.passed();
    this.recorder.close();
    this.show("sending");
    this.tell("sending");
    const takes = [...this.takes.values()].sort((one, other) => one.number - other.number);
    const measured = (this.find("measure") as HTMLInputElement).checked;
    const audio = measured ? wavOf(joined(takes.map(({ spoken }) => spoken.samples))) : undefined;
    const done = takes.length > 0 ? takes.map(({ number }) => number) : passed;
    const { form } = this;
    const outcome = await sendPhrases(form.action, csrfToken(), this.key, {
      done,
      count: this.phrases.length,
      seconds: this.active,
      phrases: takes.map(({ spoken: _audio, ...times }) => times),
      audio: takes.length > 0 ? audio : undefined,
    });
    if (outcome === "stored") {
      this.takes.clear();
      location.reload();
      return;
    }
    // What is sent next may be more than was refused, so it is another request.
    if (outcome === "refused") this.key = crypto.randomUUID();
    this.show("spoken");
    this.tell(outcome);
  }

  /** Without a microphone: the phrases that were gone through. */
  private passed(): number[] {
    const last = this.at + (this.state === "ready" ? 0 : 1);
    return Array.from({ length: last }, (_none, index) => index + 1);
  }

  private get form(): HTMLFormElement {
    return this.find("form") as HTMLFormElement;
  }

  private get select(): HTMLSelectElement {
    return this.find("voice") as HTMLSelectElement;
  }

  private showPhrase(): void {
    const items = this.phrases;
    items.forEach((item, index) => {
      item.toggleAttribute("data-done", index < this.at);
      if (index === this.at) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    this.find("phrase").textContent = this.phrase;
    const place = { number: this.at + 1, count: items.length };
    this.find("place").textContent = this.texts.say("place", place);
    this.show("ready");
  }

  private show(state: State): void {
    const now = performance.now();
    // Nobody practises while the page is only left open.
    this.active += Math.min(LONGEST_STEP, (now - this.changedAt) / 1000);
    this.changedAt = now;
    this.state = state;
    this.dataset.state = state;
    this.showButtons();
    const key = state === "ready" && !this.voice ? "state-read" : `state-${state}`;
    this.find("state").textContent = this.texts.say(key);
  }

  private showButtons(): void {
    const { state } = this;
    const isBusy = state === "speaking" || state === "sending";
    let main = `main-${state}`;
    if (state === "ready" && !this.voice) main = "main-read";
    if (state === "spoken" && this.at >= this.phrases.length - 1) main = "main-last";
    this.find("main").textContent = this.texts.say(main);
    this.disable("main", state === "sending");
    this.disable("slowly", isBusy || !this.voice);
    this.disable("model", isBusy || !this.voice);
    this.disable("own", isBusy || !this.takes.has(this.at));
    this.disable("again", isBusy || state === "ready");
    this.disable("next", isBusy || this.at >= this.phrases.length - 1);
    this.disable("finish", state === "sending");
  }

  private disable(name: string, isDisabled: boolean): void {
    (this.find(name) as HTMLButtonElement).disabled = isDisabled;
  }

  private tell(key: string): void {
    this.find("note").textContent = key ? this.texts.say(key) : "";
  }

  private onKey(event: KeyboardEvent): void {
    if (taken(event)) return;
    if (event.key === " " && !pressesSomething(event)) void this.pressMain();
    else if (event.key === "ArrowRight" && singleKeysOn()) this.next();
    else return;
    event.preventDefault();
  }

  private find(name: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-shadow="${name}"]`);
    if (!found) throw new Error(`Shadowing has no part named "${name}".`);
    return found;
  }
}
