/** A stretch of the recording to hear, in seconds. */
export interface Stretch {
  start: number;
  end: number;
}

const HEAR = "hear-stretch";

/** Asks the page's player to play a stretch, with a little before and after it. */
export function hear(stretch: Stretch): void {
  const { start, end } = stretch;
  document.dispatchEvent(new CustomEvent<Stretch>(HEAR, { detail: { start, end } }));
}

/** Calls `play` when the page wants a stretch to be heard, by `hear` or by pressing a `data-seek` element. */
export function onHear(
  playStretch: (stretch: Stretch) => void,
  playFrom: (time: number) => void,
  signal: AbortSignal,
): void {
  document.addEventListener(HEAR, (event) => playStretch((event as CustomEvent<Stretch>).detail), {
    signal,
  });
  document.addEventListener(
    "click",
    (event) => {
      const asked =
        event.target instanceof Element && event.target.closest<HTMLElement>("[data-seek]");
      if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const start = Number(asked.dataset.seek);
      if (asked.dataset.until) playStretch({ start, end: Number(asked.dataset.until) });
      else playFrom(start);
      // the address still names the moment, without a step for the back button
      history.replaceState(history.state, "", asked.getAttribute("href") ?? "");
    },
    { signal },
  );
}
