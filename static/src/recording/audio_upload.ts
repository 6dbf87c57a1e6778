import { csrfToken } from "../connection/csrf";
import { Texts } from "../text/texts";
import { megabytes } from "../text/time";
import { deliver } from "./delivery";
import { clearFieldErrors, showFieldErrors } from "./field_errors";
import { textFields } from "./form";

/**
 * `<audio-upload data-max-bytes>` around a file input and a submit button: a drop zone, a hint about size and type
 * before anything is sent, progress, cancel and retries. Without scripts the form posts itself.
 */
export class AudioUpload extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly hurry = new EventTarget();
  private sending: AbortController | undefined;
  private key = "";

  connectedCallback(): void {
    this.input.addEventListener("change", () => this.choose());
    this.piece("cancel").addEventListener("click", () => this.sending?.abort());
    this.piece("again").addEventListener("click", () => this.hurry.dispatchEvent(new Event("now")));
    this.addEventListener("dragover", (event) => this.drag(event, true));
    this.addEventListener("dragleave", (event) => this.drag(event, false));
    this.addEventListener("drop", (event) => this.drop(event));
    this.choose();
  }

  get file(): File | undefined {
    return this.input.files?.[0];
  }

  async send(): Promise<void> {
    const { form, file } = this;
    if (this.sending || !form) return;
    if (!file) {
      this.say("choose-first");
      this.input.focus();
      return;
    }
    if (this.objection(file)) return;
    clearFieldErrors(form);
    this.sending = new AbortController();
    this.showSending(true);
    const outcome = await deliver(
      {
        url: form.action,
        csrfToken: csrfToken(),
        key: this.key,
        fields: textFields(form),
        file: { field: this.input.name, name: file.name, body: file },
        onProgress: (share) => this.showShare(share),
        signal: this.sending.signal,
      },
      ({ seconds, offline }) => this.showWaiting(seconds, offline),
      this.hurry,
    );
    this.sending = undefined;
    if (outcome.kind === "stored") {
      location.assign(outcome.url);
      return;
    }
    this.showSending(false);
    if (outcome.kind === "signed-out") this.say("signed-out");
    if (outcome.kind === "cancelled") this.say("cancelled");
    if (outcome.kind !== "refused") return;
    this.key = crypto.randomUUID();
    const homeless = showFieldErrors(form, outcome.errors);
    if (homeless.length > 0) this.write(homeless.map((error) => error.detail).join(" "));
    else if (outcome.errors.length > 0) this.write("");
    else if (outcome.detail) this.write(outcome.detail);
    else this.say(outcome.status === 413 ? "too-large" : "refused");
  }

  private get form(): HTMLFormElement | null {
    return this.closest("form");
  }

  private get input(): HTMLInputElement {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw new Error("An upload holds a file input.");
    return input;
  }

  private choose(): void {
    const { file } = this;
    this.toggleAttribute("data-chosen", file !== undefined);
    this.piece("chosen").textContent = file
      ? this.texts.say("chosen", {
          name: file.name,
          size: megabytes(file.size, document.documentElement.lang),
        })
      : "";
    this.key = crypto.randomUUID();
    if (!file) return;
    if (this.form) clearFieldErrors(this.form);
    const objection = this.objection(file);
    this.write(objection ?? "");
  }

  /** Why the file cannot be taken, as far as the browser can tell; the server looks inside. */
  private objection(file: File): string | undefined {
    const most = Number(this.dataset.maxBytes) || Number.POSITIVE_INFINITY;
    const language = document.documentElement.lang;
    if (file.size === 0) return this.texts.say("empty");
    if (file.size > most) {
      return this.texts.say("too-large-here", {
        size: megabytes(file.size, language),
        most: megabytes(most, language),
      });
    }
    if (file.type && !/^(audio|video)\/|^application\/ogg$/.test(file.type))
      return this.texts.say("not-audio", { name: file.name });
    return undefined;
  }

  private drag(event: DragEvent, over: boolean): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.toggleAttribute("data-over", over);
  }

  private drop(event: DragEvent): void {
    this.drag(event, false);
    if (this.sending || !event.dataTransfer?.files.length) return;
    this.input.files = event.dataTransfer.files;
    this.choose();
  }

  private showSending(sending: boolean): void {
    this.piece("sending").hidden = !sending;
    this.piece("again").hidden = true;
    this.piece<HTMLButtonElement>("submit").disabled = sending;
    this.input.disabled = sending;
    if (sending) this.showShare(0);
  }

  private showShare(share: number): void {
    this.piece<HTMLProgressElement>("progress").value = share;
    this.piece("again").hidden = true;
    this.say(share < 1 ? "sent-share" : "sent-all", { percent: Math.round(share * 100) });
  }

  private showWaiting(seconds: number, offline: boolean): void {
    this.piece("again").hidden = false;
    this.say(offline ? "offline" : "unreachable", { seconds: Math.ceil(seconds) });
  }

  private say(key: string, values: Record<string, string | number> = {}): void {
    this.write(this.texts.say(key, values));
  }

  private write(sentence: string): void {
    this.piece("note").textContent = sentence;
  }

  private piece<Part extends HTMLElement = HTMLElement>(name: string): Part {
    const piece = this.querySelector<Part>(`[data-part="${name}"]`);
    if (!piece) throw new Error(`The upload's markup has no part "${name}".`);
    return piece;
  }
}
