/** What the server hands to the player, as JSON in the page. Times in seconds from the start of the recording. */
export interface SpeechEvent {
  type: string;
  start: number;
  end: number;
  text: string;
  tier: "sure" | "possible";
}

export interface PlayerData {
  audio: string;
  /** Loudness from 0 to 1 at even steps over the whole recording. */
  peaks: number[];
  duration: number;
  events: SpeechEvent[];
}

const FILLERS = new Set(["filled_pause", "lexical_filler"]);

export function isFiller(event: SpeechEvent): boolean {
  return FILLERS.has(event.type) && event.tier === "sure";
}

export function isPause(event: SpeechEvent): boolean {
  return event.type === "pause";
}

export function readData<Data>(id: string): Data {
  const block = document.getElementById(id);
  if (!block) throw new Error(`The page has no data block "${id}".`);
  return JSON.parse(block.textContent ?? "") as Data;
}

/** The next event after `time`, or the last one before it; a little slack lets repeated presses move on. */
export function neighbour(
  events: SpeechEvent[],
  time: number,
  direction: 1 | -1,
): SpeechEvent | undefined {
  const slack = 0.3;
  return direction === 1
    ? events.find((event) => event.start > time + slack)
    : events.findLast((event) => event.start < time - slack);
}
