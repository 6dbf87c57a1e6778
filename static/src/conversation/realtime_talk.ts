import { Texts } from "../text/texts";
import { clock } from "../text/time";
import { DialogueView, partOf } from "./dialogue_view";
import { CallFailed, RealtimeCall } from "./realtime_call";
import { RealtimeCaptions } from "./realtime_captions";
import { type RealtimeEvent, RealtimeTurns, type SaidItem } from "./realtime_turns";
import { LET_GO_WITHIN, SaidOutbox } from "./said_outbox";
import { factsOf, type TalkFacts } from "./talk_facts";

type State = "idle" | "asking" | "connecting" | "open" | "hearing" | "thinking" | "speaking";

/** So long the last words may take to be written down, and to be sent. */
const WRITTEN_WITHIN_MS = 4_000;
const SENT_WITHIN_MS = 8_000;
const LOOK_EVERY_MS = 1_000;

/** What an event says about who is at it. */
const STATES: Record<string, State> = {
  "input_audio_buffer.speech_started": "hearing",
  "input_audio_buffer.speech_stopped": "thinking",
  "output_audio_buffer.started": "speaking",
  "output_audio_buffer.stopped": "open",
  "output_audio_buffer.cleared": "open",
};

/**
 * `<realtime-talk>`: a talk with a realtime model, which hears, answers and speaks by itself. Every turn goes to the
 * server as soon as it is written down; the usual partner can take over at any moment.
 */
export class RealtimeTalk extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();
  private readonly turns = new RealtimeTurns();
  private facts!: TalkFacts;
  private view!: DialogueView;
  private captions!: RealtimeCaptions;
  private outbox: SaidOutbox | undefined;
  private call: RealtimeCall | undefined;
  private state: State = "idle";
  private muted = false;
  private leaving = false;

  connectedCallback(): void {
    this.facts = factsOf(this);
    void this.begin();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
    this.call?.close();
  }

  private async begin(): Promise<void> {
    const { signal } = this.lifetime;
    this.view = new DialogueView(this, this.facts.messages);
    this.captions = new RealtimeCaptions(this);
    try {
      this.outbox = await SaidOutbox.open(this.dataset.owner ?? "", String(this.facts.session), {
        stored: (id, message, mayGoOn) => {
          this.turns.forget(id);
          this.view.show(message);
          this.captions.show(this.turns.open);
          if (!mayGoOn) this.hangUp("limit");
        },
        note: (key) => this.note(key),
        ended: () => this.leave(),
      });
    } catch {
      this.note("no-storage");
      return;
    }
    const press = partOf(this, "begin");
    press.addEventListener("click", () => this.onPress(), { signal });
    partOf(this, "ending").addEventListener("submit", (event) => this.onEnd(event), { signal });
    addEventListener("online", () => void this.outbox?.drain(), { signal });
    this.keepTime(signal);
    const again = window.setTimeout(() => void this.outbox?.drain(), LET_GO_WITHIN * 1000);
    signal.addEventListener("abort", () => clearTimeout(again));
    void this.outbox.drain();
    press.removeAttribute("disabled");
    this.show("idle");
  }

  private keepTime(signal: AbortSignal): void {
    const began = Date.now() - this.facts.elapsed * 1000;
    const tick = (): void => {
      partOf(this, "time").textContent = clock((Date.now() - began) / 1000);
      // Some turns are given up after a while: nothing else tells of it.
      this.sendReady();
    };
    const timer = window.setInterval(tick, LOOK_EVERY_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
    tick();
  }

  private onPress(): void {
    if (this.call) {
      this.muted = !this.muted;
      this.call.mute(this.muted);
      this.show(this.state);
    } else if (this.state === "idle") void this.connect();
  }

  private async connect(): Promise<void> {
    this.note("");
    this.show("asking");
    try {
      // The model is told what was said so far: all of it has to be there.
      await Promise.race([this.outbox?.drain(), after(SENT_WITHIN_MS)]);
      this.call = await RealtimeCall.begin(
        this.facts.session,
        partOf(this, "voice") as HTMLAudioElement,
        { event: (event) => this.hear(event), lost: () => this.hangUp("lost") },
        () => this.show("connecting"),
      );
      this.muted = false;
      this.show("open");
    } catch (error) {
      this.note(error instanceof CallFailed ? error.reason : "not-connected");
      this.show("idle");
    }
  }

  private hear(event: RealtimeEvent): void {
    if (event.type === "error") this.note("trouble");
    if (event.type === "response.done" && event.response?.status === "failed") {
      this.note("trouble");
      this.show("open");
    }
    const changed = this.turns.hear(event);
    if (changed) {
      void this.outbox?.keep({ ...changed });
      this.captions.show(this.turns.open);
    }
    if (this.turns.takeUnwritten()) this.note("unwritten");
    this.sendReady();
    const state = STATES[event.type];
    if (state && this.call) this.show(state);
  }

  /** What is complete goes to the server. */
  private sendReady(items: readonly SaidItem[] = this.turns.ready()): void {
    if (items.length === 0) return;
    const kept = items.map((item) => this.outbox?.keep({ ...item, done: true }));
    void Promise.all(kept).then(() => this.outbox?.drain());
  }

  private hangUp(reason: string): void {
    this.call?.close();
    this.call = undefined;
    this.sendReady(this.turns.close());
    this.note(reason);
    this.show("idle");
  }

  /** What was said before "End" still belongs to the talk. */
  private onEnd(event: SubmitEvent): void {
    if (this.leaving) return;
    event.preventDefault();
    this.leaving = true;
    const form = event.target as HTMLFormElement;
    void this.finish().then(() => form.submit());
  }

  private async finish(): Promise<void> {
    this.call?.mute(true);
    const until = performance.now() + WRITTEN_WITHIN_MS;
    while (this.call && this.turns.isWriting && performance.now() < until) await after(100);
    this.call?.close();
    this.call = undefined;
    const rest = this.turns.close();
    await Promise.all(rest.map((item) => this.outbox?.keep({ ...item, done: true })));
    await Promise.race([this.outbox?.drain(), after(SENT_WITHIN_MS)]);
  }

  /** It was ended elsewhere: the page of the talk says what it came to. */
  private leave(): void {
    this.call?.close();
    location.assign(this.dataset.talk ?? "");
  }

  private note(key: string): void {
    const text = key ? this.texts.say(key) : "";
    const note = partOf(this, "note");
    if (note.textContent !== text) note.textContent = text;
  }

  private show(state: State): void {
    this.state = state;
    const isOn = this.call !== undefined;
    this.dataset.state = isOn && !this.muted ? "open" : state;
    const isMuted = isOn && this.muted;
    const press = partOf(this, "begin");
    press.toggleAttribute("data-live", isOn);
    for (const icon of press.querySelectorAll<HTMLElement>("[data-icon]")) {
      icon.hidden = (icon.dataset.icon === "mic-off") !== isMuted;
    }
    const caption = isOn ? (this.muted ? "caption-unmute" : "caption-mute") : "caption-begin";
    partOf(this, "begin-caption").textContent = this.texts.say(caption);
    const key = isMuted ? "state-muted" : `state-${state}`;
    const said = this.texts.say(key, { partner: this.facts.partner });
    const line = partOf(this, "state");
    if (line.textContent !== said) line.textContent = said;
  }
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
