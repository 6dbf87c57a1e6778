import { numbers, svg } from "./svg";

const BARS = 28;

/** `<mini-wave data-peaks="0.1,0.8,…">`: a recording's shape in a list, peaks from 0 to 1. */
export class MiniWave extends HTMLElement {
  connectedCallback(): void {
    const peaks = numbers(this.dataset.peaks);
    if (peaks.length === 0) return;
    // quiet recordings keep their shape; near silence does not become loud
    const loudest = Math.max(0.1, ...peaks);
    const bars = Array.from({ length: BARS }, (_, bar) => {
      const from = Math.floor((bar * peaks.length) / BARS);
      const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / BARS));
      const height = Math.max(1.5, (24 * Math.max(...peaks.slice(from, to))) / loudest);
      return svg("rect", { x: bar * 3.5, y: 12 - height / 2, width: 2, height, rx: 1 });
    });
    this.setAttribute("aria-hidden", "true");
    const drawing = svg(
      "svg",
      { viewBox: `0 0 ${BARS * 3.5 - 1.5} 24`, fill: "currentColor" },
      bars,
    );
    this.replaceChildren(drawing);
  }
}
