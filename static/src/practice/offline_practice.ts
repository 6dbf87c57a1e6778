import { Texts } from "../text/texts";
import { clock } from "../text/time";
import {
  exerciseOf,
  type KeptSequence,
  type OfflineExercise,
  sequenceFor,
  type Wanted,
} from "./exercises";
import { type Kept, keptOf } from "./kept";
import { Outbox } from "./outbox";
import type { Practice, Practices } from "./practices";

/** `<offline-practice>`: choosing and the clock without a server; what comes of it waits in the outbox. */
export class OfflinePractice extends HTMLElement {
  private readonly texts = new Texts(this);

  connectedCallback(): void {
    void this.begin();
  }

  private async begin(): Promise<void> {
    const owner = this.dataset.owner ?? "";
    const { practices } = await Outbox.of(owner);
    const asked = new URLSearchParams(location.search);
    const begun = await practices.get(asked.get("practice") ?? "");
    if (begun?.exercise) {
      this.showClock(begun, begun.exercise);
      return;
    }
    const kept = await keptOf(owner);
    const wanted: Wanted = {
      sequence: asked.get("sequence") ?? "",
      kind: asked.get("kind") ?? "",
      question: asked.get("question") ?? "",
    };
    const sequence = sequenceFor(wanted, kept?.sequences ?? []);
    const known = sequence !== undefined || wanted.sequence === "";
    if (asked.has("sequence") && known)
      await this.start(practices, exerciseOf(sequence, kept?.questions ?? [], wanted.question));
    else this.offer(kept);
  }

  private async start(practices: Practices, exercise: OfflineExercise): Promise<void> {
    const now = Date.now();
    const practice: Practice = {
      owner: practices.owner,
      name: crypto.randomUUID(),
      id: null,
      rendered: 0,
      clock: { spent: 0, since: now, step: 0, stepBegan: 0, took: [] },
      ended: false,
      changedAt: now,
      exercise,
    };
    const operation = {
      op: "start" as const,
      session: practice.name,
      at: new Date(now).toISOString(),
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(exercise.sequence !== null && { sequence_id: exercise.sequence }),
      ...(exercise.question !== null && { question_id: exercise.question }),
    };
    await practices.put(practice, { operation });
    // A reload goes on with this one.
    history.replaceState(null, "", `?practice=${practice.name}`);
    this.showClock(practice, exercise);
  }

  private showClock(practice: Practice, exercise: OfflineExercise): void {
    const copy = this.copyOf("clock");
    const timer = copy.querySelector<HTMLElement>("practice-timer");
    if (!timer) return;
    timer.dataset.name = practice.name;
    write(timer, "place", exercise.title || this.texts.say("free"));
    const prompt = timer.querySelector("h1");
    if (prompt) prompt.textContent = exercise.prompt || this.texts.say("free-prompt");
    const steps = timer.querySelector("[data-part=steps]");
    for (const step of exercise.steps) {
      const item = document.createElement("li");
      item.dataset.text = step.text;
      const time = Object.assign(document.createElement("span"), { className: "number" });
      time.textContent = clock(step.seconds);
      const title = document.createElement("span");
      title.textContent = step.title;
      item.append(time, " ", title);
      steps?.append(item);
    }
    if (exercise.steps.length === 0) timer.querySelector(".practice-steps")?.remove();
    const facts = document.createElement("script");
    facts.type = "application/json";
    facts.id = timer.dataset.clock ?? "";
    facts.textContent = JSON.stringify({
      id: practice.id,
      now: practice.rendered,
      elapsed: 0,
      paused: false,
      step: 0,
      stepBegan: 0,
      took: [],
      steps: exercise.steps,
    });
    this.querySelector("[data-part=choice]")?.remove();
    this.append(facts, copy);
  }

  private offer(kept: Kept | undefined): void {
    const list = this.querySelector("[data-part=list]");
    const seconds = (sequence: KeptSequence): number =>
      sequence.steps.reduce((sum, step) => sum + step.seconds, 0);
    const cards = (kept?.sequences ?? []).map((each) =>
      this.card(String(each.id), each.title, each.description, clock(seconds(each))),
    );
    const free = this.texts.say("free");
    list?.append(this.card("", free, this.texts.say("free-description"), ""), ...cards);
  }

  private card(id: string, title: string, description: string, time: string): DocumentFragment {
    const card = this.copyOf("card");
    write(card, "title", title);
    write(card, "about", [time, description].filter(Boolean).join(" · "));
    write(card, "what", `: ${title}`);
    const link = card.querySelector("a");
    if (link) link.href = `?sequence=${encodeURIComponent(id)}`;
    return card;
  }

  private copyOf(name: string): DocumentFragment {
    const template = this.querySelector<HTMLTemplateElement>(`template[data-part=${name}]`);
    if (!template) throw new Error(`There is no template named "${name}".`);
    return document.importNode(template.content, true);
  }
}

function write(parent: ParentNode, name: string, text: string): void {
  const part = parent.querySelector(`[data-part=${name}]`);
  if (part) part.textContent = text;
}
