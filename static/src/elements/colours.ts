export type Colour =
  | "voice"
  | "filler"
  | "pause"
  | "pause-wash"
  | "good"
  | "good-wash"
  | "ink"
  | "soft"
  | "faint"
  | "line";

/** A token's colour in the theme that is shown now, in a form that a canvas understands. */
export function colour(name: Colour): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  probe.hidden = true;
  document.body.append(probe);
  const shown = getComputedStyle(probe).color;
  probe.remove();
  return shown;
}

/** Calls back when the theme changes, by the reader or by the system. */
export function onThemeChange(redraw: () => void, signal: AbortSignal): void {
  document.addEventListener("themechange", redraw, { signal });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw, { signal });
}
