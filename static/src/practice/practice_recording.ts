import { obstacle, openMicrophone } from "../recording/microphone";
import { hold } from "../recording/recovery";
import { TakeRecorder } from "../recording/take_recorder";
import { TakeSender } from "../recording/take_sender";
import { type Take, TakeStore } from "../recording/take_store";

const WANTED = "record-practice";

/** The take beside the clock: it runs while somebody is to speak, and is sent when the practice ends. */
export class PracticeRecording {
  private store: TakeStore | undefined;
  private recorder: TakeRecorder | undefined;
  private opening = false;
  private letGo: () => void = () => undefined;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly box: HTMLInputElement,
    private readonly owner: string,
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
    const wanted = speaking && this.box.checked;
    if (!this.recorder && wanted) await this.open();
    if (wanted) this.recorder?.resume();
    else this.recorder?.pause();
  }

  /** Ends the take; undefined where nothing was recorded. */
  async finish(): Promise<Take | undefined> {
    const recorder = this.recorder;
    this.recorder = undefined;
    if (!recorder) return undefined;
    const take = await recorder.finish().catch(() => recorder.take);
    return take.seconds > 0 ? take : undefined;
  }

  /** Whether the take arrived; one that did not stays on this device, where the recorder offers it. */
  async send(take: Take): Promise<boolean> {
    if (!this.store) return false;
    const { audio } = await this.store.read(take);
    const sender = new TakeSender(this.form, take, audio, {
      showSending: () => this.tell("sending"),
      showWaiting: () => this.tell("offline"),
      tell: () => this.tell("kept"),
      say: () => this.tell("kept"),
    });
    const outcome = await sender.deliver();
    if (outcome.kind === "stored") await this.store.delete(take.id);
    this.letGo();
    return outcome.kind === "stored";
  }

  private async open(): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    try {
      this.store ??= await TakeStore.open();
      const stream = await openMicrophone(localStorage.getItem("microphone") ?? "");
      this.recorder = new TakeRecorder(stream, this.store, this.owner, {
        onLevel: () => undefined,
        onStorageFailure: () => this.tell("not-recorded"),
        onMicrophoneLost: () => this.tell("not-recorded"),
      });
      this.letGo = hold(this.recorder.take);
    } catch (error) {
      this.box.checked = false;
      const denied = error instanceof DOMException && error.name === "NotAllowedError";
      this.tell(denied ? "denied" : "not-recorded");
    } finally {
      this.opening = false;
    }
  }
}
