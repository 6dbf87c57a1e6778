import { LevelMeter } from "../recording/level_meter";
import { openMicrophone, recordingType } from "../recording/microphone";
import { RATE } from "./phrase_audio";
import { VoiceActivity } from "./voice_activity";

/** So long after the last word a phrase is over. */
const ENDS_AFTER_MS = 1300;
/** Nobody is waited for longer than this, and no phrase is longer. */
const LONGEST_MS = 20_000;

export interface Spoken {
  audio: Blob;
  /** One channel, `RATE` a second. */
  samples: Float32Array;
}

/** Records one phrase at a time: each ends by itself when its speaker falls silent, or when told. */
export class PhraseRecorder {
  private stream: MediaStream | undefined;
  private stop: () => void = () => undefined;

  /** Asks for the microphone; throws what the browser throws. */
  async open(): Promise<void> {
    this.stream ??= await openMicrophone(localStorage.getItem("microphone") ?? "");
  }

  async record(): Promise<Spoken> {
    await this.open();
    const stream = this.stream as MediaStream;
    const recorder = new MediaRecorder(stream, { mimeType: recordingType() ?? "" });
    const chunks: Blob[] = [];
    recorder.ondataavailable = (event) => chunks.push(event.data);
    const stopped = new Promise<void>((resolve) => {
      recorder.onstop = () => resolve();
    });
    const voice = new VoiceActivity();
    const began = performance.now();
    let spokeAt: number | undefined;
    const meter = new LevelMeter(stream, (level) => {
      const now = performance.now();
      voice.hear(level, now / 1000);
      if (voice.speaks(now / 1000)) spokeAt = now;
      const isOver = spokeAt !== undefined && now - spokeAt > ENDS_AFTER_MS;
      if (isOver || now - began > LONGEST_MS) this.stop();
    });
    this.stop = () => {
      if (recorder.state !== "inactive") recorder.stop();
    };
    recorder.start();
    await stopped;
    meter.close();
    const audio = new Blob(chunks, { type: recorder.mimeType });
    return { audio, samples: await samplesOf(audio) };
  }

  /** The phrase that is being spoken is over. */
  end(): void {
    this.stop();
  }

  close(): void {
    this.stop();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
  }
}

async function samplesOf(audio: Blob): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1, RATE);
  const decoded = await context.decodeAudioData(await audio.arrayBuffer());
  return decoded.getChannelData(0);
}
