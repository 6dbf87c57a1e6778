/** Seconds as people read them: 0:41, 3:12, 1:02:05. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Whole, evenly spaced times from 0 to `duration`, at most `most` of them, for an axis. */
export function ticks(duration: number, most: number): number[] {
  if (!(duration > 0)) return [0];
  const steps = Math.max(1, most - 1);
  return Array.from({ length: steps + 1 }, (_, index) => (duration * index) / steps);
}

/** Bytes as people read them, in the browser's language: 3.4 MB. */
export function megabytes(bytes: number, language?: string): string {
  const format = new Intl.NumberFormat(language, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: bytes < 10e6 ? 1 : 0,
  });
  return format.format(bytes / 1e6);
}
