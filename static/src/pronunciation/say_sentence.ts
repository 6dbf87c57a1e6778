import { csrfToken } from "../connection/csrf";
import { hush, onVoices, speak, voicesFor } from "../practice/model_voice";
import { spokenSpan, wavOf } from "../practice/phrase_audio";
import { PhraseRecorder } from "../practice/phrase_recorder";
import { obstacle } from "../recording/microphone";
import { Texts } from "../text/texts";

/** `<say-sentence>`: hear the sentence, say it, and go to what became of it. Without script, its form sends a file. */
export class SaySentence extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();
  private readonly recorder = new PhraseRecorder();
  private readonly player = new Audio();
  private isRecording = false;
  /** Between a press and what it does: the microphone is asked for, or the take is on its way. */
  private isBusy = false;

  connectedCallback(): void {
    const { signal } = this.lifetime;
    const record = this.find<HTMLButtonElement>("record");
    const listen = this.find<HTMLButtonElement>("listen");
    record.hidden = obstacle() !== undefined;
    if (record.hidden) this.tell("no-microphone");
    record.addEventListener("click", () => void this.press(), { signal });
    listen.addEventListener("click", () => void this.listen(), { signal });
    const showVoice = (): void => {
      const { local, remote } = voicesFor(this.language);
      listen.hidden = !this.dataset.model && local.length + remote.length === 0;
    };
    onVoices(showVoice, signal);
    showVoice();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
    this.recorder.close();
    this.player.pause();
    hush();
  }

  private get language(): string {
    return this.dataset.language ?? "";
  }

  private async listen(): Promise<void> {
    hush();
    if (this.dataset.model) {
      this.player.src = this.dataset.model;
      try {
        await this.player.play();
        return;
      } catch {
        // It is kept only as long as there is room: the browser's voice says it then.
      }
    }
    const { local, remote } = voicesFor(this.language);
    const voice = local[0] ?? remote[0];
    if (!voice) {
      this.tell("no-voice");
      return;
    }
    if (!voice.localService) this.tell("remote-voice", { name: voice.name });
    await speak(this.dataset.text ?? "", voice, 1);
  }

  private async press(): Promise<void> {
    if (this.isRecording) {
      this.recorder.end();
      return;
    }
    if (this.isBusy) return;
    this.isBusy = true;
    hush();
    this.player.pause();
    try {
      await this.recorder.open();
      this.show(true);
      const spoken = await this.recorder.record();
      this.show(false);
      if (!spokenSpan(spoken.samples)) {
        this.tell("not-heard");
        return;
      }
      await this.send(wavOf(spoken.samples));
    } catch {
      this.show(false);
      this.tell("no-microphone");
    } finally {
      this.recorder.close();
      this.isBusy = false;
    }
  }

  private async send(audio: Blob): Promise<void> {
    const form = this.querySelector("form") as HTMLFormElement;
    const body = new FormData(form);
    body.set("audio", audio, "sentence.wav");
    this.tell("sending");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": csrfToken() },
      });
      if (answer.status === 429) {
        this.tell("used-up");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      location.assign(answer.url);
    } catch {
      this.tell("not-sent");
    }
  }

  private show(isRecording: boolean): void {
    this.isRecording = isRecording;
    this.find("caption").textContent = this.texts.say(isRecording ? "end" : "say");
    for (const icon of this.find("record").querySelectorAll<HTMLElement>("[data-icon]"))
      icon.hidden = (icon.dataset.icon === "square") !== isRecording;
    this.tell(isRecording ? "speaking" : "");
  }

  private tell(key: string, values: Record<string, string> = {}): void {
    this.find("note").textContent = key ? this.texts.say(key, values) : "";
  }

  private find<Kind extends HTMLElement = HTMLElement>(name: string): Kind {
    return this.querySelector(`[data-say=${name}]`) as Kind;
  }
}
