/** A little before and after a word, so that its first and last sound are heard. */
const MARGIN = 0.08;

/** `<said-words>`: a click on a word plays it from the recording. */
export class SaidWords extends HTMLElement {
  private readonly lifetime = new AbortController();
  private until = 0;

  connectedCallback(): void {
    const { signal } = this.lifetime;
    const player = this.querySelector("audio");
    if (!player) return;
    const stopInTime = (): void => {
      if (this.until && player.currentTime >= this.until) {
        this.until = 0;
        player.pause();
      } else if (this.until) requestAnimationFrame(stopInTime);
    };
    for (const button of this.querySelectorAll<HTMLButtonElement>("button[data-start]"))
      button.addEventListener(
        "click",
        () => {
          player.currentTime = Math.max(0, Number(button.dataset.start) - MARGIN);
          this.until = Number(button.dataset.end) + MARGIN;
          void player.play().then(stopInTime, () => undefined);
        },
        { signal },
      );
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }
}
