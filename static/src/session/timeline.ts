import { svg } from "../elements/svg";
import { Texts } from "../text/texts";
import { clock, ticks } from "../text/time";
import { curve } from "./curve";
import { readData } from "./data";
import { hear } from "./hearing";
import { type Mark, nearest, type Stop, stopsOf, type TimelineData } from "./timeline_data";

/**
 * `<speech-timeline data-source="id">`: fillers, pauses, pace and pitch on one axis. Each row is one stop of the Tab
 * key: arrows go from mark to mark, Enter plays the mark, and so does a press on it. All of it stands in a table too.
 */
export class SpeechTimeline extends HTMLElement {
  private readonly lifetime = new AbortController();
  private readonly texts = new Texts(this);
  private readonly heads: HTMLElement[] = [];
  private data!: TimelineData;

  connectedCallback(): void {
    this.data = readData<TimelineData>(this.dataset.source ?? "");
    for (const track of this.querySelectorAll<HTMLElement>("[data-row]")) this.drawRow(track);
    this.drawAxis();
    this.followPlayback();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private drawRow(track: HTMLElement): void {
    const name = track.dataset.row ?? "";
    const row = this.data.rows[name];
    if (!row) return;
    const drawing = row.points ? curve(row, this.data.duration) : svg("svg", {});
    const marks = svg("svg", { "aria-hidden": "true" }, this.rectangles(name, row.marks));
    track.append(marks, ...(row.points ? [drawing] : []));
    const unit = track.parentElement?.querySelector(".unit")?.textContent ?? "";
    const stops = stopsOf(row, row.points ? unit : "");
    const chosen = document.createElement("span");
    chosen.className = "timeline-chosen";
    chosen.hidden = true;
    const head = document.createElement("span");
    head.className = "timeline-head";
    track.append(chosen, head);
    this.heads.push(head);
    if (stops.length > 0) this.listen(track, stops, chosen, row.points !== undefined);
  }

  private rectangles(name: string, marks: Mark[]): SVGElement[] {
    return marks.map(([start, end, , strength]) =>
      svg("rect", {
        class: `timeline-mark timeline-${name}${strength ? "" : " timeline-faint"}`,
        x: `${this.place(start)}%`,
        width: `${this.place(end - start)}%`,
        height: "100%",
      }),
    );
  }

  private listen(track: HTMLElement, stops: Stop[], chosen: HTMLElement, isCurve: boolean): void {
    const { signal } = this.lifetime;
    let at = 0;
    const choose = (index: number): void => {
      at = Math.min(stops.length - 1, Math.max(0, index));
      const stop = stops[at];
      if (!stop) return;
      chosen.hidden = false;
      chosen.style.left = `${this.place(stop.start)}%`;
      track.setAttribute("aria-valuenow", String(at + 1));
      this.tell(track, stop);
    };
    track.setAttribute("aria-valuemax", String(stops.length));
    if (stops[0]) this.tell(track, stops[0]);
    track.addEventListener(
      "click",
      (event) => {
        const box = track.getBoundingClientRect();
        const time = ((event.clientX - box.left) / box.width) * this.data.duration;
        choose(nearest(stops, time));
        const stop = stops[at];
        // a curve has a value everywhere, so it is heard where it was pressed
        if (isCurve) hear({ start: time, end: time + 4 });
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
    track.addEventListener(
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

  private drawAxis(): void {
    const axis = this.querySelector<HTMLElement>('[data-part="axis"]');
    const most = document.documentElement.clientWidth < 480 ? 3 : 5;
    const labels = ticks(this.data.duration, most).map((time) => {
      const label = document.createElement("span");
      label.textContent = clock(Math.round(time));
      return label;
    });
    axis?.replaceChildren(...labels);
  }

  private followPlayback(): void {
    const audio = document.querySelector<HTMLAudioElement>("session-player audio");
    if (!audio) return;
    const show = (): void => {
      for (const head of this.heads) head.style.left = `${this.place(audio.currentTime)}%`;
    };
    for (const event of ["timeupdate", "seeking"]) {
      audio.addEventListener(event, show, { signal: this.lifetime.signal });
    }
    show();
  }

  private place(seconds: number): number {
    return Math.min(100, (100 * seconds) / Math.max(0.1, this.data.duration));
  }
}
