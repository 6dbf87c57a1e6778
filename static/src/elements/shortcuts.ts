/** Keys that work anywhere on a page, never while somebody types, and can be switched off (WCAG 2.1.4). */
const KEY = "single-keys";

export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // without storage they stay on
  }
}

/** Whether the key belongs to a field, a dialog or the browser rather than to the page. */
export function taken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (!(event.target instanceof Element)) return false;
  return event.target.closest("input, textarea, select, dialog, [contenteditable=true]") !== null;
}

/** Whether space or Enter would press what has the focus. */
export function pressesSomething(event: KeyboardEvent): boolean {
  return (
    event.target instanceof Element && event.target.closest("button, a, summary, audio") !== null
  );
}
