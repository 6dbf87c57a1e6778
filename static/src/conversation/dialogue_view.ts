import { piecesOf } from "./marked";
import type { Message } from "./talk_events";

/** The turns on the page: those the server wrote, and those that come while it is open. */
export class DialogueView {
  private readonly messages = new Map<number, Message>();
  private readonly unsent = new Map<string, HTMLElement>();
  private readonly list: HTMLElement;
  private readonly partial: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    messages: readonly Message[],
  ) {
    this.list = partOf(root, "turns");
    this.partial = partOf(root, "partial");
    for (const message of messages) this.show(message);
    const last = this.list.lastElementChild;
    if (last instanceof HTMLElement) this.inSight(last);
  }

  get(position: number): Message | undefined {
    return this.messages.get(position);
  }

  /** The partner's last line. */
  get lastReply(): Message | undefined {
    return [...this.messages.values()]
      .filter((message) => message.side === "tutor")
      .reduce<Message | undefined>(
        (last, message) => (last && last.position > message.position ? last : message),
        undefined,
      );
  }

  /** Turns of the learner that have no answer yet. */
  get unanswered(): Message[] {
    return [...this.messages.values()].filter(
      (message) => message.side === "learner" && message.state === "waiting",
    );
  }

  get hasUnsent(): boolean {
    return this.unsent.size > 0;
  }

  /** Whether this is news: the message is not on the page yet. */
  show(message: Message): boolean {
    const isNew = !this.messages.has(message.position);
    this.messages.set(message.position, message);
    if (message.client_id) this.drop(message.client_id);
    const turn = this.turnAt(message.position) ?? this.insert(message);
    this.fill(turn, message);
    // What could be said better comes with the answer, and stands under the turn that it answers.
    const answered = message.side === "tutor" && this.messages.get(message.position - 1);
    if (answered) this.correct(answered.id, message.corrections);
    return isNew;
  }

  correct(id: number, corrections: Message["corrections"]): void {
    const message = [...this.messages.values()].find((each) => each.id === id);
    if (message) this.show({ ...message, corrections });
  }

  private correctionsOf(message: Message): Message["corrections"] {
    return this.messages.get(message.position + 1)?.corrections ?? message.corrections;
  }

  /** A turn that is on its way: what was typed, or that something was spoken. */
  expect(turn: string, text: string): void {
    const isShown = [...this.messages.values()].some((message) => message.client_id === turn);
    if (isShown || this.unsent.has(turn)) return;
    const item = this.fromTemplate("learner");
    item.toggleAttribute("data-waiting", true);
    partOf(item, "text").append(text);
    this.unsent.set(turn, item);
    this.list.append(item);
    this.inSight(item);
  }

  drop(turn: string): void {
    this.unsent.get(turn)?.remove();
    this.unsent.delete(turn);
  }

  /** What is understood so far of what is being said. */
  showPartial(text: string): void {
    this.partial.textContent = text;
    this.partial.hidden = !text;
    if (text) this.inSight(this.partial);
  }

  /** The same, which is now no longer shown. */
  takePartial(): string {
    const text = this.partial.textContent ?? "";
    this.showPartial("");
    return text;
  }

  /** The message whose line holds `element`. */
  messageOf(element: Element): Message | undefined {
    const turn = element.closest<HTMLElement>("[data-position]");
    return turn ? this.messages.get(Number(turn.dataset.position)) : undefined;
  }

  private fill(turn: HTMLElement, message: Message): void {
    const isLearner = message.side === "learner";
    turn.toggleAttribute("data-waiting", isLearner && !message.text);
    const text = partOf(turn, "text");
    const label = text.querySelector(".sr-only");
    const corrections = isLearner ? this.correctionsOf(message) : [];
    const pieces = piecesOf(message.text || "…", corrections);
    text.replaceChildren(
      ...(label ? [label] : []),
      ...pieces.map((piece) => (piece.wrong ? marked(piece.text) : piece.text)),
    );
    const notice = partOf(turn, "notice");
    notice.textContent = message.notice;
    notice.hidden = !message.notice;
    if (isLearner) {
      this.fillCorrections(turn, corrections);
      const canRetry = message.state === "failed" && message.client_id !== null;
      toolOf(turn, "own").hidden = !message.audio_url;
      toolOf(turn, "retry").hidden = !canRetry;
    }
  }

  private fillCorrections(turn: HTMLElement, corrections: Message["corrections"]): void {
    const list = partOf(turn, "corrections");
    list.hidden = corrections.length === 0;
    list.replaceChildren(
      ...corrections.map(({ better, why }) => {
        const item = document.createElement("li");
        const words = document.createElement("b");
        words.lang = partOf(turn, "text").lang;
        words.textContent = better;
        item.append(words, why ? ` · ${why}` : "");
        return item;
      }),
    );
  }

  private turnAt(position: number): HTMLElement | null {
    return this.list.querySelector(`[data-position="${position}"]`);
  }

  private insert(message: Message): HTMLElement {
    const item = this.fromTemplate(message.side);
    item.dataset.position = String(message.position);
    const after = [...this.list.querySelectorAll<HTMLElement>("[data-position]")].find(
      (each) => Number(each.dataset.position) > message.position,
    );
    const [firstUnsent] = this.unsent.values();
    this.list.insertBefore(item, after ?? firstUnsent ?? null);
    this.inSight(item);
    return item;
  }

  private fromTemplate(side: Message["side"]): HTMLElement {
    const template = this.root.querySelector<HTMLTemplateElement>(`template[data-turn="${side}"]`);
    const item = template?.content.firstElementChild?.cloneNode(true);
    if (!(item instanceof HTMLElement))
      throw new Error(`There is no template of a ${side}'s turn.`);
    return item;
  }

  private inSight(item: HTMLElement): void {
    requestAnimationFrame(() => item.scrollIntoView({ block: "nearest" }));
  }
}

function marked(text: string): HTMLElement {
  const mark = document.createElement("mark");
  mark.className = "turn-wrong";
  mark.textContent = text;
  return mark;
}

export function partOf(root: Element, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (!found) throw new Error(`A talk has no part named "${name}".`);
  return found;
}

function toolOf(turn: HTMLElement, act: string): HTMLElement {
  const found = turn.querySelector<HTMLElement>(`[data-act="${act}"]`);
  if (!found) throw new Error(`A turn cannot "${act}".`);
  return found;
}
