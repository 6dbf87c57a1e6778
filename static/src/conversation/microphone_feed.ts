import { Framer, Resampler } from "./pcm";

/** The microphone as frames of 20 ms at 16,000 samples a second. */
export class MicrophoneFeed {
  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
  ) {}

  /**
   * Asks for the microphone; throws what the browser throws. `worklet` is the address of capture.js. The echo filter is
   * on, unlike in recordings that are measured: without it the partner's own voice would interrupt the partner.
   */
  static async open(
    worklet: string,
    onFrame: (frame: Float32Array) => void,
  ): Promise<MicrophoneFeed> {
    const filters = { echoCancellation: true, noiseSuppression: false, autoGainControl: true };
    const chosen = localStorage.getItem("microphone");
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { ...filters, channelCount: 1, ...(chosen && { deviceId: { ideal: chosen } }) },
    });
    const context = new AudioContext();
    try {
      await context.audioWorklet.addModule(worklet);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      await context.close();
      throw error;
    }
    const capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
    const resampler = new Resampler(context.sampleRate);
    const framer = new Framer();
    capture.port.onmessage = (event: MessageEvent<Float32Array>) => {
      for (const frame of framer.push(resampler.push(event.data))) onFrame(frame);
    };
    context.createMediaStreamSource(stream).connect(capture);
    await context.resume();
    return new MicrophoneFeed(stream, context);
  }

  /** Lets the microphone go: its light goes out. */
  close(): void {
    for (const track of this.stream.getTracks()) track.stop();
    void this.context.close();
  }
}
