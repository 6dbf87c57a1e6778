import { Texts } from "../text/texts";
import { clock, ticks } from "../text/time";
import { isFiller, isPause, neighbour, type PlayerData, readData, type SpeechEvent } from "./data";
import { onHear, type Stretch } from "./hearing";
import { listenForKeys } from "./player_keys";
import { Transcript } from "./transcript";
import { Waveform } from "./waveform";

const SPEEDS = [1, 1.25, 1.5, 0.75];
const STEP = 5;
const AROUND = 0.8;

/**
 * `<session-player data-source="id">`: the recording with its fillers and pauses, tied to the transcript and to
 * whatever asks to be heard. The `<audio>` inside works by itself until this script takes its controls over.
 */
export class SessionPlayer extends HTMLElement {
  private readonly lifetime = new AbortController();
  private readonly texts = new Texts(this);
  private data!: PlayerData;
  private events: SpeechEvent[] = [];
  private waveform: Waveform | undefined;
  private transcript: Transcript | undefined;
  private frame = 0;
  private until = Number.POSITIVE_INFINITY;

  connectedCallback(): void {
    const { signal } = this.lifetime;
    this.data = readData<PlayerData>(this.dataset.source ?? "");
    this.events = this.data.events
      .filter((event) => isFiller(event) || isPause(event))
      .sort((one, other) => one.start - other.start);
    this.audio.controls = false;
    this.toggleAttribute("data-ready", true);
    const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
    this.waveform = new Waveform(this.piece("wave"), this.audio, this.data, nonce, signal);
    this.waveform.onUse(() => {
      this.until = Number.POSITIVE_INFINITY;
      this.show();
    });
    this.drawAxis();
    const transcript = document.querySelector<HTMLElement>(".transcript");
    if (transcript)
      this.transcript = new Transcript(transcript, (time) => this.playFrom(time), signal);
    this.listen(signal);
    this.openAtAddress();
    this.show();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
    this.waveform?.destroy();
    cancelAnimationFrame(this.frame);
  }

  toggle(): void {
    this.until = Number.POSITIVE_INFINITY;
    if (this.audio.paused) void this.play();
    else this.audio.pause();
  }

  playFrom(time: number): void {
    this.seek(time);
    void this.play();
  }

  /** Plays a stretch with a little of what stands around it, then stops. */
  playStretch({ start, end }: Stretch): void {
    this.playFrom(start - AROUND);
    this.until = end + AROUND;
  }

  jump(direction: 1 | -1): void {
    const event = neighbour(this.events, this.audio.currentTime, direction);
    if (!event) {
      this.move(direction * STEP);
      return;
    }
    this.seek(event.start);
    const key = isFiller(event) ? "at-filler" : "at-pause";
    this.piece("live").textContent = this.texts.say(key, {
      text: event.text,
      time: clock(event.start),
      seconds: (event.end - event.start).toFixed(1),
    });
  }

  move(seconds: number): void {
    this.seek(this.audio.currentTime + seconds);
  }

  seek(time: number): void {
    this.until = Number.POSITIVE_INFINITY;
    this.audio.currentTime = Math.min(this.data.duration, Math.max(0, time));
    this.show();
  }

  showKeys(): void {
    this.piece<HTMLDialogElement>("keys").showModal();
  }

  private async play(): Promise<void> {
    try {
      await this.audio.play();
      this.piece("problem").textContent = "";
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      this.piece("problem").textContent = this.texts.say("problem");
    }
  }

  private listen(signal: AbortSignal): void {
    const { audio } = this;
    for (const event of ["timeupdate", "seeking", "ended", "durationchange"]) {
      audio.addEventListener(event, () => this.show(), { signal });
    }
    for (const event of ["play", "pause", "ended"]) {
      audio.addEventListener(event, () => this.showPlaying(), { signal });
    }
    this.piece("play").addEventListener("click", () => this.toggle(), { signal });
    this.piece("speed").addEventListener("click", () => this.changeSpeed(), { signal });
    this.piece("keys-open").addEventListener("click", () => this.showKeys(), { signal });
    onHear(
      (stretch) => this.playStretch(stretch),
      (time) => this.playFrom(time),
      signal,
    );
    listenForKeys(this, this.piece("wave"), this.piece<HTMLDialogElement>("keys"), signal);
  }

  private showPlaying(): void {
    const playing = !this.audio.paused && !this.audio.ended;
    this.toggleAttribute("data-playing", playing);
    this.piece("play").setAttribute("aria-label", this.texts.say(playing ? "pause" : "play"));
    cancelAnimationFrame(this.frame);
    if (playing) this.frame = requestAnimationFrame(this.follow);
  }

  /** `timeupdate` comes four times a second; words are shorter. */
  private readonly follow = (): void => {
    this.show();
    this.transcript?.follow();
    this.frame = requestAnimationFrame(this.follow);
  };

  private show(): void {
    const time = this.audio.currentTime;
    if (time >= this.until) {
      this.until = Number.POSITIVE_INFINITY;
      this.audio.pause();
    }
    this.piece("time").textContent = clock(time);
    const slider = this.piece("wave");
    slider.setAttribute("aria-valuenow", String(Math.floor(time)));
    slider.setAttribute(
      "aria-valuetext",
      this.texts.say("position", {
        time: clock(time),
        duration: clock(Math.round(this.data.duration)),
      }),
    );
    this.transcript?.show(time > 0 ? time : -1);
  }

  private changeSpeed(): void {
    const next = SPEEDS[(SPEEDS.indexOf(this.audio.playbackRate) + 1) % SPEEDS.length] ?? 1;
    this.audio.playbackRate = next;
    const shown = next.toLocaleString(document.documentElement.lang);
    this.piece("speed-shown").textContent = `${shown}×`;
    this.piece("live").textContent = this.texts.say("speed", { speed: shown });
  }

  private drawAxis(): void {
    const axis = this.piece("axis");
    const labels = ticks(this.data.duration, this.clientWidth < 480 ? 3 : 5).map((time) => {
      const label = document.createElement("span");
      label.textContent = clock(Math.round(time));
      return label;
    });
    axis.replaceChildren(...labels);
  }

  /** `#t=41.2` opens at a moment; it does not start to sound by itself. */
  private openAtAddress(): void {
    const asked = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (asked) this.audio.currentTime = Number(asked[1]);
  }

  private get audio(): HTMLAudioElement {
    return this.piece<HTMLAudioElement>("audio");
  }

  private piece<Part extends HTMLElement = HTMLElement>(name: string): Part {
    const piece = this.querySelector<Part>(`[data-part="${name}"]`);
    if (!piece) throw new Error(`The player's markup has no part "${name}".`);
    return piece;
  }
}
