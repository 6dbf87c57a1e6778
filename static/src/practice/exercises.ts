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

/** The exercise of a sequence, with a question drawn for it where there are any of its kind; without one, the bare clock. */
export function exerciseOf(
  sequence: KeptSequence | undefined,
  questions: KeptQuestion[],
  random: () => number = Math.random,
): OfflineExercise {
  const fitting = questions.filter((question) => question.category === sequence?.kind);
  const question = fitting[Math.floor(random() * fitting.length)];
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
