/** Plays a take back before it is sent. Its length comes from the recorder: a browser's webm carries none. */
export class Listening {
  private readonly audio = new Audio();
  private readonly address: string;

  constructor(
    recording: Blob,
    private readonly seconds: number,
    onChange: () => void,
  ) {
    this.address = URL.createObjectURL(recording);
    this.audio.src = this.address;
    for (const event of ["play", "pause", "timeupdate", "ended", "seeked"]) {
      this.audio.addEventListener(event, onChange);
    }
  }

  get playing(): boolean {
    return !this.audio.paused && !this.audio.ended;
  }

  get position(): number {
    return Math.min(this.audio.currentTime, this.seconds);
  }

  get share(): number {
    return this.seconds > 0 ? this.position / this.seconds : 0;
  }

  toggle(): void {
    if (this.playing) this.audio.pause();
    else void this.audio.play();
  }

  close(): void {
    this.audio.pause();
    this.audio.removeAttribute("src");
    URL.revokeObjectURL(this.address);
  }
}
