/** A little before and after a stretch, so that its first and last sound are heard. */
const MARGIN = 0.15;

/** `<turn-moments>`: a press on a link with `data-hear` plays that stretch of a turn on the spot. */
export class TurnMoments extends HTMLElement {
  private readonly lifetime = new AbortController();
  private until = 0;

  connectedCallback(): void {
    this.addEventListener("click", (event) => this.pressed(event), {
      signal: this.lifetime.signal,
    });
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private pressed(event: MouseEvent): void {
    const link =
      event.target instanceof Element && event.target.closest<HTMLElement>("[data-hear]");
    const player = this.querySelector("audio");
    if (!link || !player || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const start = Math.max(0, Number(link.dataset.start) - MARGIN);
    this.until = Number(link.dataset.end) + MARGIN;
    // The stretch stands in the address, so that the browser goes there as soon as it can.
    player.src = `${link.dataset.hear ?? ""}#t=${start.toFixed(2)}`;
    const stopInTime = (): void => {
      if (player.currentTime >= this.until) player.pause();
      else if (!player.paused) requestAnimationFrame(stopInTime);
    };
    void player.play().then(stopInTime, () => undefined);
  }
}
