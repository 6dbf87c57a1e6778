/** Keeps the screen on while something runs, where the browser can. */
export class ScreenLight {
  private lock: WakeLockSentinel | undefined;
  private wanted = false;

  constructor(signal: AbortSignal) {
    // The browser lets go of the lock whenever the page is out of sight.
    document.addEventListener("visibilitychange", () => void this.hold(), { signal });
    signal.addEventListener("abort", () => void this.keep(false));
  }

  async keep(on: boolean): Promise<void> {
    this.wanted = on;
    if (on) await this.hold();
    else await this.lock?.release();
  }

  private async hold(): Promise<void> {
    if (!("wakeLock" in navigator) || this.lock || !this.wanted) return;
    if (document.visibilityState !== "visible") return;
    const lock = await navigator.wakeLock.request("screen").catch(() => undefined);
    this.lock = lock;
    lock?.addEventListener("release", () => {
      this.lock = undefined;
    });
    if (!this.wanted) await lock?.release();
  }
}
