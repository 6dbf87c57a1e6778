/** Seconds of a time as it is typed, 1:30 or 90; undefined for what is none. */
export function secondsOf(typed: string): number | undefined {
  const parts = typed.trim().split(":");
  if (parts.length > 3 || parts.some((part) => !/^\d{1,5}$/.test(part))) return undefined;
  const numbers = parts.map(Number);
  if (numbers.slice(1).some((part) => part > 59)) return undefined;
  return numbers.reduce((sum, part) => sum * 60 + part, 0);
}

/** The name, id or value of a row's element, for the row at `place`: steps-0-title, up-0, id_steps-0-title_error. */
export function renumbered(text: string, place: number): string {
  return text
    .replace(/steps-(\d+|__prefix__)-/g, `steps-${place}-`)
    .replace(/^(up|down|remove)-(\d+|__prefix__)$/, `$1-${place}`);
}
