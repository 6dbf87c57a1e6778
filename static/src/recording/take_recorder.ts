/** One take while it is being spoken: the browser's recorder, written chunk by chunk to the store. */
import { LevelMeter } from "./level_meter";
import { recordingType } from "./microphone";
import type { Take, TakeStore } from "./take_store";

const CHUNK_MS = 1000;
const BITS_PER_SECOND = 64_000;

export interface TakeEvents {
  onLevel: (level: number, peak: number) => void;
  /** The device could not store a chunk (disk full): the take goes on in memory no longer. */
  onStorageFailure: () => void;
  /** The microphone went away by itself. */
  onMicrophoneLost: () => void;
}

export class TakeRecorder {
  readonly take: Take;
  readonly levels: number[] = [];
  private readonly recorder: MediaRecorder;
  private readonly meter: LevelMeter;
  private readonly stopped: Promise<void>;
  private fresh: number[] = [];
  private chunks = 0;
  private writing: Promise<void> = Promise.resolve();
  private spoken = 0;
  private since: number | null = null;

  constructor(
    private readonly stream: MediaStream,
    private readonly store: TakeStore,
    owner: string,
    private readonly events: TakeEvents,
    practice?: string,
  ) {
    const mimeType = recordingType() ?? "";
    this.recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    this.take = {
      id: crypto.randomUUID(),
      key: crypto.randomUUID(),
      owner,
      mimeType: (this.recorder.mimeType || mimeType).split(";")[0] ?? "",
      startedAt: Date.now(),
      seconds: 0,
      finished: false,
      ...(practice && { practice }),
    };
    this.meter = new LevelMeter(stream, (level, peak) => this.hear(level, peak));
    this.recorder.ondataavailable = (event) => this.keep(event.data);
    this.stopped = new Promise((resolve) => {
      this.recorder.onstop = () => resolve();
    });
    for (const track of stream.getAudioTracks()) track.onended = () => events.onMicrophoneLost();
    this.recorder.start(CHUNK_MS);
    this.since = performance.now();
  }

  get paused(): boolean {
    return this.since === null;
  }

  /** How long was spoken, pauses left out. */
  get seconds(): number {
    const running = this.since === null ? 0 : (performance.now() - this.since) / 1000;
    return this.spoken + running;
  }

  pause(): void {
    if (this.since === null) return;
    this.spoken = this.seconds;
    this.since = null;
    if (this.recorder.state === "recording") this.recorder.pause();
  }

  resume(): void {
    if (this.since !== null) return;
    this.since = performance.now();
    if (this.recorder.state === "paused") this.recorder.resume();
  }

  /** Ends the take; resolves when its last chunk is on the disk. */
  async finish(): Promise<Take> {
    this.pause();
    if (this.recorder.state !== "inactive") this.recorder.stop();
    await this.stopped;
    this.release();
    await this.writing;
    this.take.finished = true;
    this.take.seconds = this.spoken;
    await this.store.save(this.take);
    return this.take;
  }

  private release(): void {
    this.meter.close();
    for (const track of this.stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
  }

  private hear(level: number, peak: number): void {
    if (this.paused) return;
    this.levels.push(level);
    this.fresh.push(level);
    this.events.onLevel(level, peak);
  }

  private keep(data: Blob): void {
    if (data.size === 0) return;
    const number = this.chunks;
    this.chunks += 1;
    const levels = this.fresh;
    this.fresh = [];
    const take = { ...this.take, seconds: this.seconds };
    this.writing = this.writing
      .then(async () => {
        const chunk = { take: take.id, number, data: await data.arrayBuffer(), levels };
        await this.store.append(take, chunk);
      })
      .catch(() => this.events.onStorageFailure());
  }
}
