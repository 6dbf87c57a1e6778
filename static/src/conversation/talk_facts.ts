import type { Message } from "./talk_events";

/** What the page was written with (conversations/live_page.py). */
export interface TalkFacts {
  session: number;
  language: string;
  patience: number;
  partner: string;
  /** Seconds since the talk began. */
  elapsed: number;
  seq: number;
  met: string[];
  checks: number;
  messages: Message[];
}

/** Those of `talk`, which names the element they stand in. */
export function factsOf(talk: HTMLElement): TalkFacts {
  const source = document.getElementById(talk.dataset.facts ?? "");
  return JSON.parse(source?.textContent ?? "") as TalkFacts;
}
