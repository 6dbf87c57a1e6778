import { svg } from "../elements/svg";
import { Texts } from "../text/texts";
import { clock, ticks } from "../text/time";
import { curve } from "./curve";
import { readData } from "./data";
import { hear } from "./hearing";
import { nearest, type RowData, type Stop, stopsOf, type TimelineData } from "./timeline_data";
import { drawnMarks, LONG, PART, type Stretch, stretchAt } from "./timeline_window";

/** More marks on a row than this cannot be told apart. */
const MOST_MARKS = 300;

/** A row that is drawn: what is chosen on it, and where it is put. */
interface Track {
  name: string;
  row: RowData;
  element: HTMLElement;
  drawing: HTMLElement;
  chosen: HTMLElement;
  head: HTMLElement;
  time: number;
}

/**
 * `<speech-timeline data-source="id">`: fillers, pauses, pace and pitch on one axis. Each row is one stop of the Tab
 * key: arrows go from mark to mark, Enter plays the mark, and so does a press on it. All of it stands in a table too.
 * A long recording is shown ten minutes at a time, or whole; playing and arrows turn to the part they lead to.
 */
export class SpeechTimeline extends HTMLElement {
  private readonly lifetime = new AbortController();
  private readonly texts = new Texts(this);
  private readonly tracks: Track[] = [];
  private data!: TimelineData;
  private shown: Stretch = { start: 0, end: 0.1 };
  private whole = false;

  connectedCallback(): void {
    this.data = readData<TimelineData>(this.dataset.source ?? "");
    for (const element of this.querySelectorAll<HTMLElement>("[data-row]")) this.setUp(element);
    this.turn(0);
    this.listenToParts();
    this.followPlayback();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private setUp(element: HTMLElement): void {
    const name = element.dataset.row ?? "";
    const row = this.data.rows[name];
    if (!row) return;
    const [drawing, chosen, head] = ["drawing", "chosen", "head"].map((part) => {
      const span = document.createElement("span");
      span.className = `timeline-${part}`;
      return span;
    }) as [HTMLElement, HTMLElement, HTMLElement];
    chosen.hidden = true;
    element.append(drawing, chosen, head);
    const track = { name, row, element, drawing, chosen, head, time: 0 };
    this.tracks.push(track);
    const unit = element.parentElement?.querySelector(".unit")?.textContent ?? "";
    const stops = stopsOf(row, row.points ? unit : "");
    if (stops.length > 0) this.listen(track, stops);
  }

  /** Shows the part that holds `time`, or the whole. */
  private turn(time: number): void {
    this.shown = stretchAt(time, this.data.duration, this.whole);
    for (const track of this.tracks) {
      this.draw(track);
      this.put(track.chosen, track.time);
    }
    this.drawAxis();
    this.followHead();
    this.tellPart();
  }

  private draw({ name, row, drawing }: Track): void {
    const marks = drawnMarks(row.marks, this.shown, MOST_MARKS).map(([start, end, , strength]) =>
      svg("rect", {
        class: `timeline-mark timeline-${name}${strength ? "" : " timeline-faint"}`,
        x: `${this.place(start)}%`,
        width: `${this.place(end) - this.place(start)}%`,
        height: "100%",
      }),
    );
    const curves = row.points ? [curve(row, this.shown)] : [];
    drawing.replaceChildren(svg("svg", { "aria-hidden": "true" }, marks), ...curves);
  }

  private listen(track: Track, stops: Stop[]): void {
    const { signal } = this.lifetime;
    const { element, chosen } = track;
    let at = 0;
    const choose = (index: number): void => {
      at = Math.min(stops.length - 1, Math.max(0, index));
      const stop = stops[at];
      if (!stop) return;
      chosen.hidden = false;
      track.time = stop.start;
      if (this.holds(stop.start)) this.put(chosen, stop.start);
      else this.turn(stop.start);
      element.setAttribute("aria-valuenow", String(at + 1));
      this.tell(element, stop);
    };
    element.setAttribute("aria-valuemax", String(stops.length));
    if (stops[0]) this.tell(element, stops[0]);
    element.addEventListener(
      "click",
      (event) => {
        const box = element.getBoundingClientRect();
        const { start, end } = this.shown;
        const time = start + ((event.clientX - box.left) / box.width) * (end - start);
        choose(nearest(stops, time));
        const stop = stops[at];
        // a curve has a value everywhere, so it is heard where it was pressed
        if (track.row.points) hear({ start: time, end: time + 4 });
        else if (stop) hear(stop);
      },
      { signal },
    );
    const steps: Record<string, () => void> = {
      ArrowLeft: () => choose(at - 1),
      ArrowDown: () => choose(at - 1),
      ArrowRight: () => choose(chosen.hidden ? at : at + 1),
      ArrowUp: () => choose(chosen.hidden ? at : at + 1),
      Home: () => choose(0),
      End: () => choose(stops.length - 1),
    };
    element.addEventListener(
      "keydown",
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const stop = stops[at];
        if (event.key === "Enter" && stop) hear(stop);
        else if (steps[event.key]) steps[event.key]?.();
        else return;
        event.preventDefault();
      },
      { signal },
    );
  }

  private tell(track: HTMLElement, stop: Stop): void {
    const text = this.texts.say("mark", { text: stop.text, time: clock(stop.start) });
    track.setAttribute("aria-valuetext", text);
  }

  private listenToParts(): void {
    const bar = this.named("parts");
    if (!bar || this.data.duration < LONG) return;
    bar.hidden = false;
    bar.addEventListener(
      "click",
      (event) => {
        const button =
          event.target instanceof Element && event.target.closest<HTMLElement>("[data-turn]");
        if (!button) return;
        const { start } = this.shown;
        if (button.dataset.turn === "whole") this.whole = !this.whole;
        this.turn(start + Number(button.dataset.step ?? 0) * PART);
      },
      { signal: this.lifetime.signal },
    );
  }

  private tellPart(): void {
    const bar = this.named("parts");
    if (!bar || this.data.duration < LONG) return;
    const { start, end } = this.shown;
    const told = this.named("shown");
    const text = this.texts.say("part", { start: clock(start), end: clock(end) });
    if (told) told.textContent = text;
    for (const button of bar.querySelectorAll<HTMLButtonElement>("[data-turn]")) {
      if (button.dataset.turn === "earlier") button.disabled = start <= 0;
      else if (button.dataset.turn === "later") button.disabled = end >= this.data.duration;
      else button.setAttribute("aria-pressed", String(this.whole));
    }
  }

  private drawAxis(): void {
    const most = document.documentElement.clientWidth < 480 ? 3 : 5;
    const { start, end } = this.shown;
    const labels = ticks(end - start, most).map((time) => {
      const label = document.createElement("span");
      label.textContent = clock(Math.round(start + time));
      return label;
    });
    this.named("axis")?.replaceChildren(...labels);
  }

  private followPlayback(): void {
    const { audio } = this;
    if (!audio) return;
    const show = (): void => {
      if (!audio.paused && !this.holds(audio.currentTime)) this.turn(audio.currentTime);
      else this.followHead();
    };
    for (const event of ["timeupdate", "seeking"]) {
      audio.addEventListener(event, show, { signal: this.lifetime.signal });
    }
  }

  private followHead(): void {
    for (const { head } of this.tracks) this.put(head, this.audio?.currentTime ?? 0);
  }

  /** Puts a pointer at a time, out of sight where the part does not hold it. */
  private put(pointer: HTMLElement, time: number): void {
    pointer.style.left = `${this.place(time)}%`;
    pointer.style.visibility = this.holds(time) ? "" : "hidden";
  }

  private holds(time: number): boolean {
    return time >= this.shown.start && time <= this.shown.end;
  }

  private place(seconds: number): number {
    const { start, end } = this.shown;
    return Math.min(100, Math.max(0, (100 * (seconds - start)) / (end - start)));
  }

  private named(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-part="${name}"]`);
  }

  private get audio(): HTMLAudioElement | null {
    return document.querySelector<HTMLAudioElement>("session-player audio");
  }
}
