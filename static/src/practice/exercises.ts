/** What one can practise without a connection: the person's sequences and the questions, kept on this device. */
import type { Step } from "./reckoning";

export interface KeptSequence {
  id: number;
  title: string;
  description: string;
  kind: string;
  steps: { title: string; text: string; seconds: number; is_spoken: boolean }[];
}

export interface KeptQuestion {
  id: number;
  category: string;
  text: string;
}

/** What the clock of one practice shows. */
export interface OfflineExercise {
  title: string;
  prompt: string;
  steps: (Step & { text: string })[];
  sequence: number | null;
  question: number | null;
}

/** What somebody pressed, as the form of the page names it: ids as text, empty where nothing was chosen. */
export interface Wanted {
  sequence: string;
  kind: string;
  question: string;
}

/** The sequence that was asked for; for a kind alone the shortest of that kind. */
export function sequenceFor(wanted: Wanted, sequences: KeptSequence[]): KeptSequence | undefined {
  if (wanted.sequence) return sequences.find((each) => String(each.id) === wanted.sequence);
  const ofKind = sequences.filter((each) => each.kind === wanted.kind);
  return ofKind.sort((one, other) => one.steps.length - other.steps.length)[0];
}

/**
 * The exercise of a sequence, with the question that was asked for, else one drawn from those of its kind; without a
 * sequence, the bare clock.
 */
export function exerciseOf(
  sequence: KeptSequence | undefined,
  questions: KeptQuestion[],
  wanted = "",
  random: () => number = Math.random,
): OfflineExercise {
  const fitting = questions.filter((question) => question.category === sequence?.kind);
  const question =
    questions.find((each) => String(each.id) === wanted) ??
    fitting[Math.floor(random() * fitting.length)];
  return {
    title: sequence?.title ?? "",
    prompt: question?.text ?? sequence?.title ?? "",
    steps: (sequence?.steps ?? []).map(({ title, text, seconds, is_spoken: spoken }) => ({
      title,
      text,
      seconds,
      spoken,
    })),
    sequence: sequence?.id ?? null,
    question: question?.id ?? null,
  };
}
