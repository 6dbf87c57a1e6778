import { Texts } from "../text/texts";
import { clock } from "../text/time";
import { renumbered, secondsOf } from "./sequence_rows";

const LONGEST = 14_400;
const NAMED = ["name", "id", "for", "value", "aria-describedby", "aria-labelledby", "data-field"];

/**
 * `<sequence-editor>`: adds, moves and takes away steps in place, and says what they add up to. Without it the same
 * buttons go to the server, which gives the form back rearranged.
 */
export class SequenceEditor extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();

  connectedCallback(): void {
    const { signal } = this.lifetime;
    this.addEventListener("click", (event) => this.pressed(event), { signal });
    this.addEventListener("keydown", (event) => this.typed(event), { signal });
    this.addEventListener("input", () => this.reckon(), { signal });
    this.reckon();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private pressed(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name=order]");
    const verb = button?.value.split("-")[0] ?? "";
    if (!button || verb === "save") return;
    event.preventDefault();
    const row = button.closest("li");
    if (verb === "add") this.add();
    else if (row && verb === "remove") this.takeAway(row);
    else if (row) this.move(row, verb === "up" ? -1 : 1, button);
  }

  private typed(event: KeyboardEvent): void {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLLIElement>(".sequence-step");
    if (!by || !event.altKey || !row) return;
    event.preventDefault();
    this.move(row, by, target);
  }

  private add(): void {
    const blank = this.find<HTMLTemplateElement>("blank").content.cloneNode(true);
    this.list.append(blank);
    this.renumber();
    this.list.lastElementChild?.querySelector("input")?.focus();
    this.tell("added", { place: this.rows.length });
  }

  private takeAway(row: HTMLLIElement): void {
    const place = this.rows.indexOf(row);
    row.remove();
    this.renumber();
    const next = this.rows[Math.min(place, this.rows.length - 1)];
    const focused =
      next?.querySelector<HTMLElement>("input") ??
      this.querySelector<HTMLElement>("button[value=add]");
    focused?.focus();
    this.tell("removed", { place: place + 1 });
  }

  private move(row: HTMLLIElement, by: number, focused: HTMLElement): void {
    const place = this.rows.indexOf(row) + by;
    const other = this.rows[place];
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    this.renumber();
    focused.focus();
    row.scrollIntoView({ block: "nearest" });
    this.tell("moved", { place: place + 1, count: this.rows.length });
  }

  /** Names follow places: the server reads the steps in the order of their numbers. */
  private renumber(): void {
    for (const [place, row] of this.rows.entries()) {
      for (const element of row.querySelectorAll("*")) {
        if (element.closest(".icon")) continue;
        for (const name of NAMED) {
          const text = element.getAttribute(name);
          const isTyped = name === "value" && !(element instanceof HTMLButtonElement);
          if (text && !isTyped) element.setAttribute(name, renumbered(text, place));
        }
      }
    }
    const total = this.querySelector<HTMLInputElement>("input[name=steps-TOTAL_FORMS]");
    if (total) total.value = String(this.rows.length);
    this.reckon();
  }

  /** Say what the steps add up to; what is no time yet counts as nothing. */
  private reckon(): void {
    const times = this.list.querySelectorAll<HTMLInputElement>("input[name$=-seconds]");
    const sum = [...times].reduce((total, input) => total + (secondsOf(input.value) ?? 0), 0);
    const place = this.find("total");
    const sentence = this.texts.say(sum > LONGEST ? "too-long" : "total", { time: clock(sum) });
    if (place.textContent !== sentence) place.textContent = sentence;
    place.hidden = false;
    const add = this.querySelector<HTMLButtonElement>("button[value=add]");
    if (add) add.disabled = this.rows.length >= Number(this.dataset.most);
  }

  private tell(key: string, values: Record<string, number>): void {
    this.find("live").textContent = this.texts.say(key, values);
  }

  private get list(): HTMLElement {
    return this.find("steps");
  }

  private get rows(): HTMLLIElement[] {
    return [...this.list.querySelectorAll<HTMLLIElement>(":scope > li")];
  }

  private find<T extends HTMLElement = HTMLElement>(name: string): T {
    const found = this.querySelector<T>(`[data-part="${name}"]`);
    if (!found) throw new Error(`sequence-editor: no ${name}`);
    return found;
  }
}
