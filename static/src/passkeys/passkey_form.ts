import { Texts } from "../text/texts";
import { creationOptions, requestOptions, toJson } from "./encoding";

/** What went wrong, by the name of the sentence that says so. */
class Trouble extends Error {}

/**
 * `<passkey-form data-ask="…" data-kind="get|create">` around a form with a hidden `credential`.
 *
 * On submit it asks the server for a challenge, lets the device answer, and sends the form with the
 * answer. Without passkeys in this browser it shows the part marked `data-without` instead.
 */
export class PasskeyForm extends HTMLElement {
  private texts = new Texts(this);
  private answered = false;

  connectedCallback(): void {
    this.texts = new Texts(this);
    const reason = whyNot();
    for (const part of this.querySelectorAll<HTMLElement>("[data-with]")) part.hidden = !!reason;
    if (reason) {
      this.say(reason);
      return;
    }
    this.form.addEventListener("submit", (event) => {
      if (this.answered) return;
      event.preventDefault();
      void this.answer();
    });
  }

  private get form(): HTMLFormElement {
    return this.querySelector("form") as HTMLFormElement;
  }

  private async answer(): Promise<void> {
    const button = this.form.querySelector<HTMLButtonElement>("button[type=submit]");
    if (button) button.disabled = true;
    this.say("");
    try {
      const credential = await this.askDevice(await this.askServer());
      const field = this.form.elements.namedItem("credential") as HTMLInputElement;
      field.value = JSON.stringify(toJson(credential));
      this.answered = true;
      this.form.submit();
    } catch (error) {
      this.say(error instanceof Trouble ? error.message : nameOf(error));
      if (button) button.disabled = false;
    }
  }

  private async askServer(): Promise<Record<string, unknown>> {
    const token = this.form.elements.namedItem("csrfmiddlewaretoken") as HTMLInputElement;
    const answer = await fetch(this.dataset.ask ?? "", {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token.value },
    });
    if (answer.status === 429) throw new Trouble("often");
    if (answer.status === 401 || answer.status === 403) {
      location.reload(); // signed out meanwhile, or to be confirmed again
    }
    if (!answer.ok) throw new Trouble("failed");
    return answer.json();
  }

  private async askDevice(options: Record<string, unknown>): Promise<PublicKeyCredential> {
    const credential =
      this.dataset.kind === "create"
        ? await navigator.credentials.create({ publicKey: creationOptions(options) })
        : await navigator.credentials.get({ publicKey: requestOptions(options) });
    if (!(credential instanceof PublicKeyCredential)) throw new Trouble("failed");
    return credential;
  }

  private say(key: string): void {
    const place = this.querySelector<HTMLElement>("[data-says]");
    if (!place) return;
    place.textContent = key ? this.texts.say(key) : "";
    place.hidden = !key;
  }
}

/** Why this browser can't use passkeys here, or nothing. */
function whyNot(): "unsupported" | "address" | "" {
  if (/^[\d.]+$|:/.test(location.hostname)) return "address";
  return "PublicKeyCredential" in window ? "" : "unsupported";
}

function nameOf(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "InvalidStateError") return "known";
  return name === "NotAllowedError" || name === "AbortError" ? "cancelled" : "failed";
}
