import type { DialogueView } from "./dialogue_view";
import type { Message, TalkEvent } from "./talk_events";
import type { TalkFace } from "./talk_face";
import type { TalkVoice } from "./talk_voice";
import { messagesOf } from "./turn_request";

const POLL_MS = 2500;
/** So long the server's voice is waited for before the browser's own says the line. */
const VOICE_WITHIN_MS = 6000;

/** What the answers ask of the page, and tell it. */
export interface AnswerEars {
  /** Whether a turn is being spoken: nobody talks over it. */
  isListening(): boolean;
  /** Whether answers come by the WebSocket, or nobody waits for them any more. */
  isTold(): boolean;
  /** The turn that is being spoken, and has this much of it understood. */
  understood(turn: string, text: string): void;
  /** The server holds what this message says. */
  held(message: Message): void;
  /** The WebSocket does not take a turn. */
  objected(turn: string | null): void;
  changed(): void;
  ended(): void;
}

/** What comes back from the server: shown, said, and asked for where no WebSocket tells of it. */
export class TalkAnswers {
  private poll = 0;
  private awaited = 0;
  private isFinished = false;

  constructor(
    private readonly session: number,
    private readonly view: DialogueView,
    private readonly face: TalkFace,
    private readonly voice: TalkVoice,
    private readonly ears: AnswerEars,
    signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => {
      clearTimeout(this.poll);
      this.expectNoVoice();
    });
  }

  /** Whether the partner has come to the end of the situation. */
  get finished(): boolean {
    return this.isFinished;
  }

  hear(event: TalkEvent): void {
    if (event.type === "snapshot") this.take(event);
    else if (event.type === "message" || event.type === "turn.failed") this.show(event.message);
    else if (event.type === "corrections") this.view.correct(event.message, event.corrections);
    else if (event.type === "reply.text") this.showReply(event);
    else if (event.type === "reply.audio") this.playPiece(event);
    else if (event.type === "transcript.partial") this.ears.understood(event.client_id, event.text);
    else if (event.type === "ended") this.ears.ended();
    else if (event.type === "error") this.ears.objected(event.client_id);
    this.ears.changed();
  }

  /** What HTTP answered: the same as the WebSocket tells, where that is lost. */
  showStored(messages: Message[]): void {
    for (const message of messages) {
      const known = this.view.get(message.position);
      this.show(message);
      if (message.side === "tutor" && !known) void this.say(message);
    }
    this.watchUnanswered();
    this.ears.changed();
  }

  /** While no WebSocket tells of an answer, it is asked for. */
  watchUnanswered(): void {
    clearTimeout(this.poll);
    if (this.ears.isTold() || this.view.unanswered.length === 0) return;
    this.poll = window.setTimeout(async () => {
      const messages = await messagesOf(this.session);
      if (messages) this.showStored(messages);
      else this.watchUnanswered();
    }, POLL_MS);
  }

  /** The learner speaks: the line that was about to be said is not said. */
  expectNoVoice(): void {
    clearTimeout(this.awaited);
  }

  private take(event: Extract<TalkEvent, { type: "snapshot" }>): void {
    if (event.state === "ended") {
      this.ears.ended();
      return;
    }
    this.face.showMet(event.checks_met);
    for (const message of event.messages) this.show(message);
  }

  private show(message: Message): void {
    this.ears.held(message);
    const isNew = this.view.show(message);
    if (message.side === "tutor" && isNew) this.face.setHints(message.hints);
  }

  private showReply(event: Extract<TalkEvent, { type: "reply.text" }>): void {
    const { message } = event;
    this.show(message);
    this.face.setHints(message.hints);
    this.face.showMet(event.checks_met);
    this.isFinished = event.finished;
    this.expectNoVoice();
    if (event.speaks)
      this.awaited = window.setTimeout(() => void this.say(message), VOICE_WITHIN_MS);
    else void this.say(message);
  }

  private playPiece(event: Extract<TalkEvent, { type: "reply.audio" }>): void {
    this.expectNoVoice();
    if (!this.maySpeak) return;
    // The server's voice broke off before its first word.
    if (!event.data) {
      const { lastReply } = this.view;
      if (event.index === 0 && lastReply) void this.voice.say(lastReply);
      return;
    }
    this.voice.add(event.message, event.index, event.last, event.data, event.format);
  }

  private async say(message: Message): Promise<void> {
    if (this.maySpeak) await this.voice.say(message);
  }

  /** Not while somebody speaks, or looks at another page. */
  private get maySpeak(): boolean {
    return document.visibilityState !== "hidden" && !this.ears.isListening();
  }
}
