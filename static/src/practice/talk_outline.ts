import { Texts } from "../text/texts";
import { clock } from "../text/time";
import { standing } from "./prompting";
import { TICK, type Tick } from "./ticks";

/** A plan kept within so many seconds is kept. */
const ON_TIME = 5;

/** `<talk-outline>`: the section that runs, the time left in it, and how the whole stands against its plan. */
export class TalkOutline extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();

  connectedCallback(): void {
    const { signal } = this.lifetime;
    this.closest("practice-timer")?.addEventListener(
      TICK,
      (event) => this.show((event as CustomEvent<Tick>).detail),
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private show({ elapsed, into, step, steps }: Tick): void {
    const planned = steps.map(({ seconds }) => seconds);
    const { left, behind } = standing(planned, step, elapsed - into, into);
    this.write("section", steps[step]?.title ?? "");
    this.write(
      "left",
      left >= 0
        ? this.texts.say("left", { time: clock(Math.ceil(left)) })
        : this.texts.say("over", { time: clock(-left) }),
    );
    this.toggleAttribute("data-over", left < 0);
    let key = behind > 0 ? "behind" : "ahead";
    if (Math.abs(behind) < ON_TIME) key = "on-time";
    this.write("plan", this.texts.say(key, { time: clock(Math.abs(behind)) }));
    const next = steps[step + 1]?.title;
    this.write("next", next ? this.texts.say("next", { section: next }) : this.texts.say("last"));
  }

  private write(name: string, text: string): void {
    const part = this.querySelector(`[data-outline="${name}"]`);
    if (part && part.textContent !== text) part.textContent = text;
  }
}
