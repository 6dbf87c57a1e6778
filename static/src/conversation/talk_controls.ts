import { pressesSomething, singleKeysOn, taken } from "../elements/shortcuts";
import { Press, type PressEars } from "./press";
import type { TalkFace } from "./talk_face";

/** What the learner can do on the page of a talk, by hand or by key. */
export interface TalkActs {
  /** The button to speak, and the space bar. */
  speech: PressEars;
  toggleHandsFree(): void;
  write(text: string): void;
  /** A button under a turn. */
  useTool(tool: HTMLElement): void;
  repeatLast(slowly: boolean): void;
  /** What is being said is left out, and the partner falls silent. */
  leaveOut(): void;
  end(event: SubmitEvent): void;
}

/** Hears the buttons and keys of a talk until `signal` ends it. */
export class TalkControls {
  private readonly press: Press;
  private readonly speak: HTMLElement;

  constructor(
    private readonly face: TalkFace,
    private readonly acts: TalkActs,
    private readonly signal: AbortSignal,
  ) {
    this.press = new Press(acts.speech);
    this.speak = face.part("speak");
  }

  listen(): void {
    const { signal } = this;
    this.listenToButton();
    this.listenToChoices();
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    document.addEventListener(
      "keyup",
      (event) => {
        if (event.key === " ") this.press.up(event.timeStamp);
      },
      { signal },
    );
  }

  private listenToButton(): void {
    const { press, signal, speak } = this;
    speak.addEventListener(
      "pointerdown",
      (event) => {
        speak.setPointerCapture(event.pointerId);
        press.down(event.timeStamp);
      },
      { signal },
    );
    for (const name of ["pointerup", "pointercancel"] as const) {
      speak.addEventListener(name, (event) => press.up(event.timeStamp), { signal });
    }
    // A click that no pointer made comes from Enter or from an aid.
    speak.addEventListener(
      "click",
      (event) => {
        if (event.detail > 0) return;
        press.down(event.timeStamp);
        press.up(event.timeStamp);
      },
      { signal },
    );
    // A long press is a turn, not a question for the browser's menu.
    speak.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  }

  private listenToChoices(): void {
    const { acts, face, signal } = this;
    const on = (part: string, act: () => void): void =>
      face.part(part).addEventListener("click", act, { signal });
    on("show-hint", () => face.showHint());
    on("type", () => face.toggleTyping());
    on("hands-free", () => acts.toggleHandsFree());
    face.part("turns").addEventListener("click", (event) => this.onTool(event), { signal });
    face.part("typing").addEventListener("submit", (event) => this.onTyped(event), { signal });
    face.part("ending").addEventListener("submit", (event) => acts.end(event), { signal });
  }

  private onTool(event: Event): void {
    const tool = event.target instanceof Element ? event.target.closest("[data-act]") : null;
    if (tool instanceof HTMLElement) this.acts.useTool(tool);
  }

  private onTyped(event: SubmitEvent): void {
    event.preventDefault();
    const text = this.face.takeTyped();
    if (text) this.acts.write(text);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.defaultPrevented) {
      this.acts.leaveOut();
      return;
    }
    if (taken(event)) return;
    const isButton = event.target === this.speak;
    if (event.key === " " && (isButton || !pressesSomething(event)))
      this.press.down(event.timeStamp);
    else if (!singleKeysOn()) return;
    else if (event.key === "a") this.acts.repeatLast(false);
    else if (event.key === "s") this.acts.repeatLast(true);
    else if (event.key === "h") this.face.showHint();
    else if (event.key === "t") this.face.toggleTyping(true);
    else return;
    event.preventDefault();
  }
}
