import { partOf } from "./dialogue_view";
import type { SaidItem } from "./realtime_turns";

/** What both sides are saying, under the turns that are kept: it grows while it is written down. */
export class RealtimeCaptions {
  private readonly lines = new Map<string, HTMLElement>();
  private readonly list: HTMLElement;

  constructor(private readonly root: HTMLElement) {
    this.list = partOf(root, "captions");
  }

  show(items: readonly SaidItem[]): void {
    const shown = new Set(items.map((item) => item.id));
    for (const [id, line] of this.lines) {
      if (shown.has(id)) continue;
      line.remove();
      this.lines.delete(id);
    }
    for (const item of items) this.write(item);
  }

  private write(item: SaidItem): void {
    const known = this.lines.get(item.id);
    const line = known ?? this.begin(item);
    const text = partOf(line, "text");
    const label = text.querySelector(".sr-only");
    text.replaceChildren(...(label ? [label] : []), item.text || "…");
    line.toggleAttribute("data-waiting", !item.text);
    // In the order in which they are given.
    this.list.append(line);
    if (!known) requestAnimationFrame(() => line.scrollIntoView({ block: "nearest" }));
  }

  private begin(item: SaidItem): HTMLElement {
    const template = this.root.querySelector<HTMLTemplateElement>(
      `template[data-turn="${item.side}"]`,
    );
    const line = template?.content.firstElementChild?.cloneNode(true);
    if (!(line instanceof HTMLElement)) throw new Error(`There is no template of a ${item.side}.`);
    this.lines.set(item.id, line);
    return line;
  }
}
