/** The parts of a structured answer: ticked while one speaks or after, kept with the practice at once. */
import { csrfToken } from "../connection/csrf";
import { Texts } from "../text/texts";

/** `<answer-checklist data-url>` around a form with checkboxes called `checklist`. */
export class AnswerChecklist extends HTMLElement {
  private readonly texts = new Texts(this);
  private sending: Promise<void> = Promise.resolve();

  connectedCallback(): void {
    this.addEventListener("change", () => this.keep());
  }

  /** One after the other, so that the last tick stands. */
  private keep(): void {
    this.sending = this.sending.then(() => this.send());
  }

  private async send(): Promise<void> {
    const form = this.querySelector("form");
    if (!form) return;
    const checklist = new FormData(form).getAll("checklist");
    const note = this.querySelector("[data-part=kept]");
    const kept = await fetch(this.dataset.url ?? "", {
      method: "PATCH",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": csrfToken(),
      },
      body: JSON.stringify({ checklist }),
    }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (note) note.textContent = kept ? "" : this.texts.say("not-kept");
  }
}
