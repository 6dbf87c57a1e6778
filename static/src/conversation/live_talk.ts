import { type Obstacle, obstacleOf } from "../recording/microphone";
import { Texts } from "../text/texts";
import { DialogueView } from "./dialogue_view";
import { TalkAnswers } from "./talk_answers";
import { type TalkActs, TalkControls } from "./talk_controls";
import type { Message } from "./talk_events";
import { TalkFace, type TalkState } from "./talk_face";
import { factsOf, type TalkFacts } from "./talk_facts";
import { TalkLink } from "./talk_link";
import { type SpokenTurn, TalkOutbox } from "./talk_outbox";
import { TalkVoice } from "./talk_voice";
import { toggleTranslation } from "./translation";
import { TurnTaker } from "./turn_taker";

const END_WITHIN_MS = 8000;
const TAKE_UP_AGAIN_MS = 4000;
const LOAD_AGAIN_MS = 2500;

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
  private answers!: TalkAnswers;
  private spoken: SpokenTurn | undefined;
  private asking = false;
  private leaving = false;

  connectedCallback(): void {
    this.facts = factsOf(this);
    void this.begin();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
    this.taker.close();
    this.voice.hush();
  }

  private async begin(): Promise<void> {
    const { facts } = this;
    const { signal } = this.lifetime;
    this.face = new TalkFace(this, this.texts, facts);
    this.view = new DialogueView(this, facts.messages);
    this.voice = new TalkVoice(facts.language, () => this.refresh());
    this.taker = this.turnTaker();
    this.answers = this.talkAnswers(signal);
    this.link = new TalkLink(
      facts.session,
      facts.seq,
      (event) => this.answers.hear(event),
      (state) => this.linkIs(state),
      signal,
    );
    try {
      this.outbox = await this.talkOutbox();
    } catch {
      this.goOnByForm();
      return;
    }
    if (signal.aborted) return;
    for (const message of facts.messages) this.outbox.heardOf(message);
    this.face.setHints(this.view.lastReply?.hints ?? []);
    new TalkControls(this.face, this.acts, signal).listen();
    this.face.open();
    this.keepTime(signal);
    this.link.listen();
    this.answers.watchUnanswered();
    await this.takeUp();
    // The page before this one may not have let go of its turn yet.
    const again = window.setTimeout(() => void this.takeUp(), TAKE_UP_AGAIN_MS);
    signal.addEventListener("abort", () => clearTimeout(again));
  }

  /** This browser stores nothing: what is typed goes by the form as it does without script. */
  private goOnByForm(): void {
    this.face.note("no-microphone-unsupported");
    this.face.toggleTyping(true);
    if (this.view.unanswered.length > 0) setTimeout(() => location.reload(), LOAD_AGAIN_MS);
  }

  private turnTaker(): TurnTaker {
    return new TurnTaker(this.dataset.worklet ?? "", this.facts.patience, {
      began: () => this.beginTurn(),
      sound: (pcm) => this.spoken?.hear(pcm),
      ended: (heard, left) => void this.endTurn(heard, left),
    });
  }

  private talkAnswers(signal: AbortSignal): TalkAnswers {
    const { face, facts, view, voice } = this;
    return new TalkAnswers(
      facts.session,
      view,
      face,
      voice,
      {
        isListening: () => this.taker.isListening,
        isTold: () => this.link.isOpen || this.leaving,
        understood: (turn, text) => {
          if (turn === this.spoken?.id) view.showPartial(text);
        },
        held: (message) => this.outbox.heardOf(message),
        objected: (turn) => {
          this.spoken?.stopStreaming();
          this.outbox.objectedTo(turn);
        },
        changed: () => this.refresh(),
        ended: () => this.leave(),
      },
      signal,
    );
  }

  private talkOutbox(): Promise<TalkOutbox> {
    return TalkOutbox.open(this.dataset.owner ?? "", String(this.facts.session), this.link, {
      stored: (messages) => this.answers.showStored(messages),
      dropped: (turn) => {
        this.view.drop(turn);
        this.refresh();
      },
      note: (note) => this.face.note(note),
      ended: () => this.leave(),
    });
  }

  private get acts(): TalkActs {
    return {
      speech: {
        begin: () => {
          this.voice.hush();
          void this.listen(() => this.taker.begin("hold"));
        },
        tapped: () => {
          if (this.taker.mode === "hold") this.taker.mode = "press";
          this.refresh();
        },
        finish: () => this.taker.finish(),
        isOpen: () => this.taker.isListening,
      },
      toggleHandsFree: () => void this.toggleHandsFree(),
      write: (text) => void this.write(text),
      useTool: (tool) => this.useTool(tool),
      repeatLast: (slowly) => void this.repeat(this.view.lastReply, slowly),
      leaveOut: () => {
        this.taker.cancel();
        this.voice.hush();
      },
      end: (event) => this.end(event),
    };
  }

  /** What was said before and is not on the server goes there now. */
  private async takeUp(): Promise<void> {
    for (const turn of await this.outbox.leftOver()) {
      this.view.expect(turn.id, turn.text ?? this.texts.say("spoken"));
    }
    this.refresh();
    void this.outbox.drain();
  }

  private keepTime(signal: AbortSignal): void {
    const began = Date.now() - this.facts.elapsed * 1000;
    const tick = (): void => this.face.showTime((Date.now() - began) / 1000);
    const timer = window.setInterval(tick, 1000);
    signal.addEventListener("abort", () => clearInterval(timer));
    tick();
  }

  private linkIs(state: "open" | "lost" | "closed-out"): void {
    if (state === "closed-out") this.face.note("signed-out");
    else if (state === "open") {
      this.face.note("");
      void this.outbox.drain();
    } else if (!navigator.onLine) this.face.note("offline");
    this.answers.watchUnanswered();
  }

  private async toggleHandsFree(): Promise<void> {
    const on = !this.taker.isHandsFree;
    if (on) await this.listen(() => this.taker.setHandsFree(true));
    else {
      await this.taker.setHandsFree(false);
      this.face.note("");
      this.refresh();
    }
  }

  /** Opens the microphone by `open`, or says why it cannot be had. */
  private async listen(open: () => Promise<void>): Promise<void> {
    this.asking = true;
    this.refresh();
    try {
      await open();
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
    this.answers.expectNoVoice();
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
    try {
      await (heard ? spoken?.end() : spoken?.cancel());
    } catch {
      this.noRoom(spoken?.id);
    }
  }

  /** This device could not store a turn: it goes nowhere. */
  private noRoom(turn?: string): void {
    if (turn) this.view.drop(turn);
    this.face.note("no-room");
    this.refresh();
    void this.outbox.drain();
  }

  private async write(text: string): Promise<void> {
    this.voice.hush();
    try {
      this.view.expect(await this.outbox.write(text), text);
      this.refresh();
    } catch {
      this.face.giveBack(text);
      this.noRoom();
    }
  }

  private useTool(tool: HTMLElement): void {
    const message = this.view.messageOf(tool);
    if (!message) return;
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

  /** What was said before "End" still belongs to the talk. */
  private end(event: SubmitEvent): void {
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
    if (this.answers.finished) return "over";
    return this.taker.isHandsFree ? "open" : "idle";
  }

  private refresh(): void {
    this.taker.partnerSpeaks = this.voice.isSpeaking;
    this.face.show(this.state, this.taker.isHandsFree);
  }
}
