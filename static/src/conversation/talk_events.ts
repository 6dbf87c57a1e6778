/** What is told of a talk over its WebSocket, as conversations/events.py writes it. */

export interface Correction {
  said: string;
  better: string;
  why: string;
}

export interface Message {
  id: number;
  position: number;
  side: "learner" | "tutor";
  text: string;
  audio_url: string | null;
  corrections: Correction[];
  hints: string[];
  state: "waiting" | "answered" | "failed";
  notice: string;
  client_id: string | null;
}

export type TalkEvent = { id: number; seq: number } & (
  | { type: "snapshot"; state: string; checks_met: string[]; messages: Message[] }
  | { type: "message" | "turn.failed"; message: Message }
  | { type: "corrections"; message: number; corrections: Correction[] }
  | {
      type: "reply.text";
      message: Message;
      speaks: boolean;
      checks_met: string[];
      finished: boolean;
    }
  | {
      type: "reply.audio";
      message: number;
      index: number;
      last: boolean;
      data: string;
      format: string;
    }
  | { type: "transcript.partial"; client_id: string; text: string }
  | { type: "error"; code: string; detail: string; client_id: string | null }
  | { type: "audio.kept"; client_id: string; samples: number | null }
  | { type: "ended"; conversation: number | null }
);
