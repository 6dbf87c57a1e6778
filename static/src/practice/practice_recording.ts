import { obstacle, openMicrophone } from "../recording/microphone";
import { hold } from "../recording/recovery";
import { TakeRecorder } from "../recording/take_recorder";
import { TakeStore } from "../recording/take_store";
import { takeOf } from "./left_takes";
import { LEVEL } from "./ticks";

const WANTED = "record-practice";

/** The take beside the clock: it runs while somebody is to speak, and waits to be sent when the practice ends. */
export class PracticeRecording {
  private store: TakeStore | undefined;
  private recorder: TakeRecorder | undefined;
  private opening: Promise<void> | undefined;
  private wanted = false;
  private letGo: () => Promise<void> = async () => undefined;

  constructor(
    private readonly box: HTMLInputElement,
    private readonly owner: string,
    private readonly practice: string,
    private readonly tell: (key: string) => void,
  ) {
    box.checked = localStorage.getItem(WANTED) === "yes" && !obstacle();
    box.disabled = obstacle() !== undefined;
  }

  onChange(react: () => void): void {
    this.box.addEventListener("change", () => {
      localStorage.setItem(WANTED, this.box.checked ? "yes" : "no");
      react();
    });
  }

  /** Record while `speaking`, if the speaker wants it; else wait. */
  async run(speaking: boolean): Promise<void> {
    this.wanted = speaking && this.box.checked;
    if (this.wanted && !this.recorder) {
      this.opening ??= this.open().finally(() => {
        this.opening = undefined;
      });
      await this.opening;
    }
    if (this.wanted) this.recorder?.resume();
    else if (this.box.checked) this.recorder?.pause();
    else await this.close();
  }

  /** Ends the take; its number in the store, with the parts from before a reload, or undefined where nothing was said. */
  async finish(): Promise<string | undefined> {
    this.wanted = false;
    await this.opening;
    await this.close();
    try {
      this.store ??= await TakeStore.open();
      return (await takeOf(this.store, this.owner, this.practice))?.id;
    } catch {
      return undefined;
    }
  }

  /** Lets the microphone go; what is said later is another part of the same recording. */
  private async close(): Promise<void> {
    const recorder = this.recorder;
    this.recorder = undefined;
    await recorder?.finish().catch(() => undefined);
    await this.letGo();
  }

  private async open(): Promise<void> {
    try {
      this.store ??= await TakeStore.open();
      const stream = await openMicrophone(localStorage.getItem("microphone") ?? "");
      const events = {
        onLevel: (detail: number) =>
          this.box.dispatchEvent(new CustomEvent(LEVEL, { detail, bubbles: true })),
        onStorageFailure: () => this.tell("not-recorded"),
        onMicrophoneLost: () => {
          this.tell("not-recorded");
          void this.close();
        },
      };
      this.recorder = new TakeRecorder(stream, this.store, this.owner, events, this.practice);
      this.letGo = hold(this.recorder.take);
    } catch (error) {
      this.box.checked = false;
      const denied = error instanceof DOMException && error.name === "NotAllowedError";
      this.tell(denied ? "denied" : "not-recorded");
    }
  }
}
