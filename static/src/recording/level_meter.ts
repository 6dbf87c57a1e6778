/** How loud a stream is, from 0 to 1, read at even steps. */
const STEP_MS = 100;
const FLOOR_DB = -60;

export class LevelMeter {
  private readonly context = new AudioContext();
  private readonly analyser: AnalyserNode;
  private readonly samples: Float32Array<ArrayBuffer>;
  private readonly timer: number;

  constructor(
    stream: MediaStream,
    private readonly onLevel: (level: number, peak: number) => void,
  ) {
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 4096;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.context.createMediaStreamSource(stream).connect(this.analyser);
    this.timer = window.setInterval(() => this.read(), STEP_MS);
  }

  close(): void {
    clearInterval(this.timer);
    void this.context.close();
  }

  private read(): void {
    this.analyser.getFloatTimeDomainData(this.samples);
    let squares = 0;
    let peak = 0;
    for (const sample of this.samples) {
      squares += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    const decibels = 10 * Math.log10(squares / this.samples.length + 1e-12);
    this.onLevel(Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB)), peak);
  }
}
