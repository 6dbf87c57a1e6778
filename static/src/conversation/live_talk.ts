import { pressesSomething, singleKeysOn, taken } from "../elements/shortcuts";
import { type Obstacle, obstacleOf } from "../recording/microphone";
import { Texts } from "../text/texts";
import { DialogueView } from "./dialogue_view";
import { Press } from "./press";
import type { Message, TalkEvent, TalkFacts } from "./talk_events";
import { TalkFace, type TalkState } from "./talk_face";
import { TalkLink } from "./talk_link";
import { type SpokenTurn, TalkOutbox } from "./talk_outbox";
import { TalkVoice } from "./talk_voice";
import { toggleTranslation } from "./translation";
import { messagesOf } from "./turn_request";
import { TurnTaker } from "./turn_taker";

const POLL_MS = 2500;
/** So long the server's voice is waited for before the browser's own says the line. */
const VOICE_WITHIN_MS = 6000;
const END_WITHIN_MS = 8000;
const TAKE_UP_AGAIN_MS = 4000;

/**
 * `<live-talk>`: a talk with the partner. What is said goes to the server through the outbox; what comes back is shown
 * and spoken. Without a WebSocket the same goes on over HTTP.
 */
export class LiveTalk extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();
  private facts!: TalkFacts;
  private face!: TalkFace;
  private view!: DialogueView;
  private voice!: TalkVoice;
  private taker!: TurnTaker;
  private link!: TalkLink;
  private outbox!: TalkOutbox;
  private press!: Press;
  private spoken: SpokenTurn | undefined;
  private asking = false;
  private finished = false;
  private leaving = false;
  private poll = 0;
  private awaited = 0;

  connectedCallback(): void {
    const source = document.getElementById(this.dataset.facts ?? "");
    this.facts = JSON.parse(source?.textContent ?? "") as TalkFacts;
    void this.begin();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
    this.taker?.close();
  }

  private async begin(): Promise<void> {
    const { facts, texts } = this;
    const { signal } = this.lifetime;
    this.view = new DialogueView(this, facts.messages);
    this.voice = new TalkVoice(facts.language, () => this.refresh());
    this.taker = new TurnTaker(this.dataset.worklet ?? "", facts.patience, {
      began: () => this.beginTurn(),
      sound: (pcm) => this.spoken?.hear(pcm),
      ended: (heard, left) => void this.endTurn(heard, left),
    });
    this.link = new TalkLink(
      facts.session,
      facts.seq,
      (event) => this.hear(event),
      (state) => this.linkIs(state),
      signal,
    );
    this.outbox = await TalkOutbox.open(
      this.dataset.owner ?? "",
      String(facts.session),
      this.link,
      {
        stored: (messages) => this.showStored(messages),
        dropped: (turn) => {
          this.view.drop(turn);
          this.refresh();
        },
        note: (note) => this.face.note(note),
        ended: () => this.leave(),
      },
    );
    for (const message of facts.messages) this.outbox.heardOf(message);
    this.face = new TalkFace(this, texts, facts);
    this.face.setHints(this.view.lastReply?.hints ?? []);
    this.listenToPage(signal);
    this.keepTime(signal);
    this.link.listen();
    this.watchUnanswered();
    await this.takeUp();
    // The page before this one may not have let go of its turn yet.
    window.setTimeout(() => void this.takeUp(), TAKE_UP_AGAIN_MS);
  }

  /** What was said before and is not on the server goes there now. */
  private async takeUp(): Promise<void> {
    for (const turn of await this.outbox.leftOver()) {
      this.view.expect(turn.id, turn.text ?? this.texts.say("spoken"));
    }
    this.refresh();
    void this.outbox.drain();
  }

  private listenToPage(signal: AbortSignal): void {
    this.press = new Press({
      begin: () => void this.startSpeaking(),
      tapped: () => {
        if (this.taker.mode === "hold") this.taker.mode = "press";
        this.refresh();
      },
      finish: () => this.taker.finish(),
      isOpen: () => this.taker.isListening,
    });
    const speak = this.face.part("speak");
    const on = (part: string, act: () => void): void =>
      this.face.part(part).addEventListener("click", act, { signal });
    speak.addEventListener(
      "pointerdown",
      (event) => {
        speak.setPointerCapture(event.pointerId);
        this.press.down(event.timeStamp);
      },
      { signal },
    );
    for (const name of ["pointerup", "pointercancel"] as const) {
      speak.addEventListener(name, (event) => this.press.up(event.timeStamp), { signal });
    }
    // A click that no pointer made comes from Enter or from an aid.
    speak.addEventListener(
      "click",
      (event) => {
        if (event.detail > 0) return;
        this.press.down(event.timeStamp);
        this.press.up(event.timeStamp);
      },
      { signal },
    );
    // A long press is a turn, not a question for the browser's menu.
    speak.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    on("show-hint", () => this.face.showHint());
    on("type", () => this.face.toggleTyping());
    on("hands-free", () => void this.toggleHandsFree());
    this.face.part("turns").addEventListener("click", (event) => this.onTool(event), { signal });
    this.face.part("typing").addEventListener("submit", (event) => this.onTyped(event), { signal });
    this.face.part("ending").addEventListener("submit", (event) => this.onEnd(event), { signal });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    document.addEventListener(
      "keyup",
      (event) => {
        if (event.key === " ") this.press.up(event.timeStamp);
      },
      { signal },
    );
  }

  private keepTime(signal: AbortSignal): void {
    const began = Date.now() - this.facts.elapsed * 1000;
    const tick = (): void => this.face.showTime((Date.now() - began) / 1000);
    const timer = window.setInterval(tick, 1000);
    signal.addEventListener("abort", () => clearInterval(timer));
    tick();
  }

  private hear(event: TalkEvent): void {
    if (event.type === "snapshot") this.take(event);
    else if (event.type === "message" || event.type === "turn.failed")
      this.showMessage(event.message);
    else if (event.type === "corrections") this.view.correct(event.message, event.corrections);
    else if (event.type === "reply.text") this.showReply(event.message, event.speaks, event);
    else if (event.type === "reply.audio") this.playPiece(event);
    else if (event.type === "transcript.partial") this.showPartial(event.client_id, event.text);
    else if (event.type === "ended") this.leave();
    else if (event.type === "error") {
      this.spoken?.stopStreaming();
      this.outbox.objectedTo(event.client_id);
    }
    this.refresh();
  }

  private take(event: Extract<TalkEvent, { type: "snapshot" }>): void {
    if (event.state === "ended") {
      this.leave();
      return;
    }
    this.face.showMet(event.checks_met);
    for (const message of event.messages) this.showMessage(message);
  }

  private showMessage(message: Message): void {
    this.outbox.heardOf(message);
    const isNew = this.view.show(message);
    if (message.side === "tutor" && isNew) this.face.setHints(message.hints);
  }

  /** What HTTP answered: the same as the WebSocket tells, where that is lost. */
  private showStored(messages: Message[]): void {
    for (const message of messages) {
      const known = this.view.get(message.position);
      this.showMessage(message);
      if (message.side === "tutor" && !known) void this.say(message);
    }
    this.watchUnanswered();
    this.refresh();
  }

  private showReply(
    message: Message,
    speaks: boolean,
    told: { checks_met: string[]; finished: boolean },
  ): void {
    this.showMessage(message);
    this.face.setHints(message.hints);
    this.face.showMet(told.checks_met);
    this.finished = told.finished;
    clearTimeout(this.awaited);
    if (speaks) {
      this.awaited = window.setTimeout(() => void this.say(message), VOICE_WITHIN_MS);
    } else void this.say(message);
  }

  private playPiece(event: Extract<TalkEvent, { type: "reply.audio" }>): void {
    clearTimeout(this.awaited);
    if (document.visibilityState === "hidden" || this.taker.isListening) return;
    // The server's voice broke off before its first word.
    if (!event.data) {
      const { lastReply } = this.view;
      if (event.index === 0 && lastReply) void this.voice.say(lastReply);
      return;
    }
    this.voice.add(event.message, event.index, event.last, event.data, event.format);
  }

  /** Says a reply unless somebody speaks, or looks at another page. */
  private async say(message: Message): Promise<void> {
    if (document.visibilityState === "hidden" || this.taker.isListening) return;
    await this.voice.say(message);
  }

  private showPartial(turn: string, text: string): void {
    if (turn === this.spoken?.id) this.view.showPartial(text);
  }

  private linkIs(state: "open" | "lost" | "closed-out"): void {
    if (state === "closed-out") this.face.note("signed-out");
    else if (state === "open") {
      this.face.note("");
      void this.outbox.drain();
    } else if (!navigator.onLine) this.face.note("offline");
    this.watchUnanswered();
  }

  /** While no WebSocket tells of an answer, it is asked for. */
  private watchUnanswered(): void {
    clearTimeout(this.poll);
    const isDue = !this.link.isOpen && !this.leaving && this.view.unanswered.length > 0;
    if (!isDue) return;
    this.poll = window.setTimeout(async () => {
      const messages = await messagesOf(this.facts.session);
      if (messages) this.showStored(messages);
      else this.watchUnanswered();
    }, POLL_MS);
  }

  private async startSpeaking(): Promise<void> {
    this.voice.hush();
    this.asking = true;
    this.refresh();
    try {
      await this.taker.begin("hold");
      this.face.note("");
    } catch (error) {
      this.noMicrophone(obstacleOf(error));
    }
    this.asking = false;
    this.refresh();
  }

  private async toggleHandsFree(): Promise<void> {
    const on = !this.taker.isHandsFree;
    this.asking = on;
    this.refresh();
    try {
      await this.taker.setHandsFree(on);
      this.face.note("");
    } catch (error) {
      this.noMicrophone(obstacleOf(error));
    }
    this.asking = false;
    this.refresh();
  }

  private noMicrophone(obstacle: Obstacle): void {
    const isInsecure = !window.isSecureContext || !navigator.mediaDevices;
    this.face.note(`no-microphone-${isInsecure ? "insecure" : obstacle}`);
    this.face.toggleTyping(true);
  }

  private beginTurn(): void {
    clearTimeout(this.awaited);
    this.voice.hush();
    this.spoken = this.outbox.speak();
    this.refresh();
  }

  private async endTurn(heard: boolean, left: boolean): Promise<void> {
    const { spoken } = this;
    this.spoken = undefined;
    const partial = this.view.takePartial();
    if (spoken && heard) this.view.expect(spoken.id, partial || this.texts.say("spoken"));
    this.face.note(heard || left ? "" : "too-quiet");
    this.refresh();
    await (heard ? spoken?.end() : spoken?.cancel());
  }

  private onTyped(event: SubmitEvent): void {
    event.preventDefault();
    const field = this.querySelector<HTMLInputElement>("#typed");
    const text = field?.value.trim() ?? "";
    if (!field || !text) return;
    field.value = "";
    this.voice.hush();
    void this.outbox.write(text).then((turn) => {
      this.view.expect(turn, text);
      this.refresh();
    });
  }

  private onTool(event: Event): void {
    const tool = event.target instanceof Element ? event.target.closest("[data-act]") : null;
    const message = tool && this.view.messageOf(tool);
    if (!(tool instanceof HTMLElement) || !message) return;
    if (tool.dataset.act === "translate")
      void toggleTranslation(tool, message.text, this.facts.language);
    else if (tool.dataset.act === "retry")
      void this.outbox.again(message).then(() => this.refresh());
    else void this.repeat(message, tool.dataset.act === "slower");
  }

  private async repeat(message: Message | undefined, slowly: boolean): Promise<void> {
    if (!message || this.taker.isListening) return;
    this.face.note((await this.voice.say(message, slowly)) ? "" : "no-voice");
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.defaultPrevented) {
      this.taker.cancel();
      this.voice.hush();
      return;
    }
    if (taken(event)) return;
    const isButton = event.target === this.face.part("speak");
    if (event.key === " " && (isButton || !pressesSomething(event)))
      this.press.down(event.timeStamp);
    else if (!singleKeysOn()) return;
    else if (event.key === "a") void this.repeat(this.view.lastReply, false);
    else if (event.key === "s") void this.repeat(this.view.lastReply, true);
    else if (event.key === "h") this.face.showHint();
    else if (event.key === "t") this.face.toggleTyping(true);
    else return;
    event.preventDefault();
  }

  /** What was said before "End" still belongs to the talk. */
  private onEnd(event: SubmitEvent): void {
    if (this.leaving) return;
    event.preventDefault();
    this.leaving = true;
    const form = event.target as HTMLFormElement;
    this.taker.finish();
    const late = new Promise((resolve) => setTimeout(resolve, END_WITHIN_MS));
    void Promise.race([this.outbox.drain(), late]).then(() => form.submit());
  }

  private leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    location.reload();
  }

  private get state(): TalkState {
    if (this.asking) return "asking";
    if (this.taker.isListening) return this.taker.mode === "hold" ? "holding" : "listening";
    if (this.voice.isSpeaking) return "speaking";
    const waiting = this.view.unanswered;
    if (this.view.hasUnsent || waiting.some((message) => !message.text)) return "hearing";
    if (waiting.length > 0) return "thinking";
    if (this.finished) return "over";
    return this.taker.isHandsFree ? "open" : "idle";
  }

  private refresh(): void {
    this.taker.partnerSpeaks = this.voice.isSpeaking;
    this.face?.show(this.state, this.taker.isHandsFree);
  }
}
