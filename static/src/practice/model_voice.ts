/** The browser's own voices: which ones there are for a language, whose they are, and one of them speaking. */

const LONGEST_MS = 20_000;

/** Local voices speak on this device; remote ones send the text to their maker. */
export interface Voices {
  local: SpeechSynthesisVoice[];
  remote: SpeechSynthesisVoice[];
}

export function voicesFor(language: string): Voices {
  if (!("speechSynthesis" in window)) return { local: [], remote: [] };
  const base = language.toLowerCase().split("-")[0] ?? "";
  const fitting = speechSynthesis
    .getVoices()
    .filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === base)
    .sort((one, other) => Number(other.default) - Number(one.default));
  return {
    local: fitting.filter((voice) => voice.localService),
    remote: fitting.filter((voice) => !voice.localService),
  };
}

/** Calls `react` when the browser has found its voices; some look for them only after the page is there. */
export function onVoices(react: () => void, signal: AbortSignal): void {
  if (!("speechSynthesis" in window)) return;
  speechSynthesis.addEventListener("voiceschanged", react, { signal });
}

/** Speaks; resolves with how many seconds that took, undefined where the voice failed or was stopped. */
export function speak(
  text: string,
  voice: SpeechSynthesisVoice,
  rate: number,
): Promise<number | undefined> {
  speechSynthesis.cancel();
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    let began: number | undefined;
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = rate;
    utterance.onstart = () => {
      began = performance.now();
    };
    // Some browsers never say that a voice has ended.
    const patience = window.setTimeout(() => speechSynthesis.cancel(), LONGEST_MS);
    const finish = (seconds: number | undefined): void => {
      clearTimeout(patience);
      resolve(seconds);
    };
    utterance.onend = () =>
      finish(began === undefined ? undefined : (performance.now() - began) / 1000);
    utterance.onerror = () => finish(undefined);
    speechSynthesis.speak(utterance);
  });
}

export function hush(): void {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}
