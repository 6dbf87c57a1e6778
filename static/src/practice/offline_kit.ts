import { Texts } from "../text/texts";
import { megabytes } from "../text/time";
import { discard, isOld, type Kept, keep, keptOf } from "./kept";
import { Outbox } from "./outbox";

const CHOICE = "practice-kept";

/** `<offline-kit>`: how much of practice is kept on this device for when there is no connection. */
export class OfflineKit extends HTMLElement {
  private readonly texts = new Texts(this);

  connectedCallback(): void {
    if (!("serviceWorker" in navigator) || !("caches" in window)) return;
    this.button.addEventListener("click", () => void this.press());
    void this.begin();
  }

  private get owner(): string {
    return this.dataset.owner ?? "";
  }

  private get button(): HTMLButtonElement {
    const button = this.querySelector("button");
    if (!button) throw new Error("The kit has a button.");
    return button;
  }

  private async begin(): Promise<void> {
    const kept = await keptOf(this.owner);
    this.show(kept);
    await this.showUnfinished();
    const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
    const unwanted = localStorage.getItem(CHOICE) === "no" || connection?.saveData === true;
    if (isOld(kept) && !(unwanted && !kept)) await this.keep();
  }

  /** Leads back to what was begun without a server, once its page was closed. */
  private async showUnfinished(): Promise<void> {
    const { practices } = await Outbox.of(this.owner);
    const found = await practices.unfinished();
    const link = this.querySelector<HTMLAnchorElement>("[data-part=unfinished]");
    if (!found || !link) return;
    link.href = `/practice/offline/?practice=${encodeURIComponent(found.name)}`;
    link.hidden = false;
  }

  private async press(): Promise<void> {
    const kept = await keptOf(this.owner);
    localStorage.setItem(CHOICE, kept ? "no" : "yes");
    if (kept) {
      await discard(this.owner);
      this.show(undefined);
    } else {
      await navigator.storage?.persist?.();
      await this.keep();
    }
  }

  private async keep(): Promise<void> {
    this.button.disabled = true;
    try {
      this.show(await keep(this.owner));
    } catch {
      this.show(await keptOf(this.owner));
    } finally {
      this.button.disabled = false;
    }
  }

  private show(kept: Kept | undefined): void {
    const line = this.querySelector("[data-part=line]");
    const language = document.documentElement.lang;
    const values = kept && {
      exercises: kept.sequences.length,
      questions: kept.questions.length,
      size: megabytes(kept.bytes, language),
    };
    if (line) line.textContent = this.texts.say(kept ? "kept" : "not-kept", values);
    this.button.textContent = this.texts.say(kept ? "remove" : "keep");
    this.hidden = false;
  }
}
