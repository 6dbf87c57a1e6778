import { csrfToken } from "../connection/csrf";
import { deliver, type Settled, type Waiting } from "./delivery";
import { clearFieldErrors, showFieldErrors } from "./field_errors";
import { textFields } from "./form";
import type { Take } from "./take_store";

export interface SendingView {
  showSending(share: number): void;
  showWaiting(seconds: number, offline: boolean): void;
  tell(key: string): void;
  say(sentence: string): void;
}

const EXTENSIONS: Record<string, string> = {
  "audio/webm": "webm",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
};

/** Sends one take, through every lost connection, and tells what came of it. */
export class TakeSender {
  private readonly abort = new AbortController();
  private readonly hurry = new EventTarget();

  constructor(
    private readonly form: HTMLFormElement,
    private readonly take: Take,
    private readonly audio: Blob,
    private readonly view: SendingView,
  ) {}

  tryNow(): void {
    this.hurry.dispatchEvent(new Event("now"));
  }

  cancel(): void {
    this.abort.abort();
  }

  deliver(): Promise<Settled> {
    clearFieldErrors(this.form);
    const extension = EXTENSIONS[this.take.mimeType] ?? "webm";
    const submission = {
      url: this.form.action,
      csrfToken: csrfToken(),
      key: this.take.key,
      fields: textFields(this.form),
      file: { field: "audio_file", name: `recording.${extension}`, body: this.audio },
      onProgress: (share: number) => this.view.showSending(share),
      signal: this.abort.signal,
    };
    const onWaiting = ({ seconds, offline }: Waiting): void =>
      this.view.showWaiting(seconds, offline);
    return deliver(submission, onWaiting, this.hurry);
  }

  /** Says why it was not stored, beside the field where there is one. */
  explain(outcome: Exclude<Settled, { kind: "stored" }>): void {
    if (outcome.kind === "signed-out") this.view.tell("signed-out");
    if (outcome.kind !== "refused") return;
    const homeless = showFieldErrors(this.form, outcome.errors);
    if (homeless.length > 0) this.view.say(homeless.map((error) => error.detail).join(" "));
    else if (outcome.errors.length > 0) this.view.tell("look-above");
    else if (outcome.detail) this.view.say(outcome.detail);
    else this.view.tell(outcome.status === 413 ? "too-large" : "refused");
  }
}
