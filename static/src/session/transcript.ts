/** Follows the playback in the transcript and turns a click on a word into a time. */
export class Transcript {
  private readonly words: HTMLElement[];
  private readonly starts: number[];
  private now = -1;

  constructor(
    private readonly root: HTMLElement,
    onSeek: (time: number) => void,
    signal: AbortSignal,
  ) {
    this.words = [...root.querySelectorAll<HTMLElement>("[data-start]")];
    this.starts = this.words.map((word) => Number(word.dataset.start));
    root.addEventListener(
      "click",
      (event) => {
        const word =
          event.target instanceof Element && event.target.closest<HTMLElement>("[data-start]");
        // somebody who selects a passage wants the text, not the sound
        if (!word || getSelection()?.isCollapsed === false) return;
        onSeek(Number(word.dataset.start));
      },
      { signal },
    );
  }

  /** Marks the word at `time`, and all before it as heard; only what changed since the last call is touched. */
  show(time: number): void {
    const at = lastAtOrBefore(this.starts, time);
    if (at === this.now) return;
    this.root.toggleAttribute("data-playing", time >= 0);
    for (let index = Math.max(0, this.now); index <= at; index += 1) this.mark(index, true);
    for (let index = this.now; index > at; index -= 1) this.mark(index, false);
    this.words[this.now]?.removeAttribute("data-now");
    this.words[at]?.setAttribute("data-now", "");
    this.now = at;
  }

  /** Keeps the word in sight while it is playing, without taking the page from somebody who reads elsewhere. */
  follow(): void {
    const word = this.words[this.now];
    if (!word?.offsetParent) return; // nothing to follow in a tab that is not open
    const { top, bottom } = word.getBoundingClientRect();
    const near = top > -innerHeight / 2 && bottom < innerHeight * 1.5;
    if (near && (top < 80 || bottom > innerHeight - 100)) {
      word.scrollIntoView({ block: "center", behavior: "smooth" });
    }
  }

  private mark(index: number, heard: boolean): void {
    this.words[index]?.toggleAttribute("data-heard", heard);
  }
}

/** The index of the last of the ascending `starts` that is not after `time`, -1 when all are. */
export function lastAtOrBefore(starts: number[], time: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
