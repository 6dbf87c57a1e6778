import { hush, speak, voicesFor } from "../practice/model_voice";
import { ReplyQueue } from "./reply_queue";
import type { Message } from "./talk_events";

const SLOWER = 0.75;
const TYPES: Record<string, string> = { mp3: "audio/mpeg", ogg: "audio/ogg", wav: "audio/wav" };

/** What the partner's voice does: its sentences as they come, any line again, and slower. */
export class TalkVoice {
  private readonly audio = new Audio();
  private readonly queue: ReplyQueue;
  private speaking = 0;
  /** Ends the waiting for the line that is played. */
  private over: (played: boolean) => void = () => undefined;

  constructor(
    private readonly language: string,
    private readonly onChange: () => void,
  ) {
    this.queue = new ReplyQueue(
      (sound, signal) => this.playBlob(sound, signal),
      () => this.onChange(),
    );
    this.audio.preservesPitch = true;
  }

  get isSpeaking(): boolean {
    return this.speaking > 0 || this.queue.isSpeaking;
  }

  /** A piece of a reply that is being spoken. */
  add(message: number, index: number, last: boolean, data: string, format: string): void {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const audio = new Blob([bytes], { type: TYPES[format] ?? "" });
    this.queue.add({ message: String(message), index, last, audio });
  }

  /** Says a line; false where no voice at hand can. A learner's own turn is played as it was spoken. */
  async say(message: Message, slowly = false): Promise<boolean> {
    this.hush();
    const rate = slowly ? SLOWER : 1;
    if (message.audio_url) return this.during(() => this.play(message.audio_url ?? "", rate));
    // A remote voice would be sent the words, which nobody chose here.
    const [voice] = voicesFor(this.language).local;
    if (!voice || message.side !== "tutor") return false;
    return this.during(async () => (await speak(message.text, voice, rate)) !== undefined);
  }

  hush(): void {
    this.queue.stop();
    this.audio.pause();
    hush();
  }

  private async during(say: () => Promise<boolean>): Promise<boolean> {
    this.speaking += 1;
    this.onChange();
    try {
      return await say();
    } finally {
      this.speaking -= 1;
      this.onChange();
    }
  }

  private async playBlob(sound: Blob, signal: AbortSignal): Promise<void> {
    const address = URL.createObjectURL(sound);
    const stop = (): void => this.audio.pause();
    signal.addEventListener("abort", stop);
    try {
      if (!signal.aborted) await this.play(address, 1);
    } finally {
      signal.removeEventListener("abort", stop);
      URL.revokeObjectURL(address);
    }
  }

  /** Resolves when the sound is over or paused; false where it could not be played. */
  private async play(address: string, rate: number): Promise<boolean> {
    const { audio } = this;
    this.over(true);
    audio.src = address;
    audio.playbackRate = rate;
    const over = new Promise<boolean>((resolve) => {
      this.over = resolve;
      audio.onended = () => resolve(true);
      audio.onpause = () => resolve(true);
      audio.onerror = () => resolve(false);
    });
    try {
      await audio.play();
    } catch {
      return false;
    }
    return over;
  }
}
