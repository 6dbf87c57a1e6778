import { Texts } from "../text/texts";
import { collectLeftTakes } from "./left_takes";
import { Outbox, type OutboxState } from "./outbox";

/** `<outbox-note>`: says on every page how much of practice waits to be sent, and sends it. */
export class OutboxNote extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();

  connectedCallback(): void {
    void this.begin();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private async begin(): Promise<void> {
    const outbox = await Outbox.of(this.dataset.owner ?? "");
    const { signal } = this.lifetime;
    outbox.watch((state, waiting) => this.show(state, waiting), signal);
    this.querySelector("button")?.addEventListener("click", () => void outbox.drain(), { signal });
    await collectLeftTakes(outbox.practices).catch(() => undefined);
    await outbox.drain();
    await outbox.practices.forget();
  }

  private show(state: OutboxState, waiting: number): void {
    const stuck = state === "waiting" || state === "signed-out";
    this.hidden = waiting === 0 || !stuck;
    const line = this.querySelector("[data-part=line]");
    if (line) line.textContent = this.texts.say(waiting === 1 ? "one" : "many", { count: waiting });
  }
}
