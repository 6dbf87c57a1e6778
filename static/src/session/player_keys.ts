import { pressesSomething, singleKeysOn, switchSingleKeys, taken } from "../elements/shortcuts";

export interface Playable {
  toggle(): void;
  jump(direction: 1 | -1): void;
  move(seconds: number): void;
  seek(time: number): void;
  showKeys(): void;
}

const STEP = 5;

/**
 * Space plays, left and right jump between events, `?` lists the keys. On the waveform (a slider) up and down move
 * 5 s, Home goes to the start and End near the end; elsewhere these keep scrolling the page.
 */
export function listenForKeys(
  player: Playable,
  slider: HTMLElement,
  dialog: HTMLDialogElement,
  signal: AbortSignal,
): void {
  const anywhere: Record<string, () => void> = {
    ArrowLeft: () => player.jump(-1),
    ArrowRight: () => player.jump(1),
  };
  const onSlider: Record<string, () => void> = {
    ArrowUp: () => player.move(STEP),
    ArrowDown: () => player.move(-STEP),
    PageUp: () => player.move(2 * STEP),
    PageDown: () => player.move(-2 * STEP),
    Home: () => player.seek(0),
    End: () => player.seek(Number(slider.getAttribute("aria-valuemax")) - STEP),
  };
  const press = (event: KeyboardEvent): void => {
    if (taken(event)) return;
    let action = anywhere[event.key];
    if (slider.contains(event.target as Node)) action ??= onSlider[event.key];
    if (event.key === " " && !pressesSomething(event)) action = () => player.toggle();
    if (event.key === "?" && singleKeysOn()) action = () => player.showKeys();
    if (!action) return;
    event.preventDefault();
    action();
  };
  document.addEventListener("keydown", press, { signal });
  const choice = dialog.querySelector<HTMLInputElement>("input[type=checkbox]");
  if (choice) {
    choice.checked = singleKeysOn();
    choice.addEventListener("change", () => switchSingleKeys(choice.checked), { signal });
  }
  dialog.addEventListener(
    "click",
    (event) => {
      if (event.target === dialog || (event.target as Element).closest("[data-close]"))
        dialog.close();
    },
    { signal },
  );
}
