import { numbers, svg } from "./svg";

const WIDTH = 112;
const HEIGHT = 36;

/** `<spark-line data-values="2.4,2.1,1.6">`: how a measure went, oldest first. Its numbers stand beside it as text. */
export class SparkLine extends HTMLElement {
  connectedCallback(): void {
    const values = numbers(this.dataset.values);
    if (values.length < 2) return;
    const low = Math.min(...values);
    const spread = Math.max(...values) - low || 1;
    const points = values.map((value, index) => {
      const x = (index / (values.length - 1)) * WIDTH;
      const y = HEIGHT - 3 - ((value - low) / spread) * (HEIGHT - 6);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
    this.setAttribute("aria-hidden", "true");
    const line = svg("polyline", {
      points: points.join(" "),
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 2,
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
    });
    this.replaceChildren(svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}` }, [line]));
  }
}
