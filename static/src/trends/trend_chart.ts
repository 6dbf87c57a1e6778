import {
  CategoryScale,
  Chart,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { type Colour, colour, onThemeChange } from "../elements/colours";
import { readData } from "../session/data";

Chart.register(CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip);

interface Series {
  label: string;
  unit: string;
  /** null where nothing was recorded. */
  values: (number | null)[];
  colour?: Colour;
}

interface TrendData {
  labels: string[];
  series: Series[];
}

/** `<trend-chart data-source="id">`: measures over time. The same numbers stand in a table after it. */
export class TrendChart extends HTMLElement {
  private readonly lifetime = new AbortController();
  private chart: Chart<"line", (number | null)[]> | undefined;

  connectedCallback(): void {
    const data = readData<TrendData>(this.dataset.source ?? "");
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    this.toggleAttribute("data-ready", true);
    this.append(canvas);
    this.draw(canvas, data);
    onThemeChange(() => this.draw(canvas, data), this.lifetime.signal);
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
    this.chart?.destroy();
  }

  private draw(canvas: HTMLCanvasElement, data: TrendData): void {
    this.chart?.destroy();
    const font = { family: getComputedStyle(this).fontFamily, size: 12 };
    const axis = { color: colour("soft"), font, maxRotation: 0, autoSkipPadding: 16 };
    this.chart = new Chart<"line", (number | null)[]>(canvas, {
      type: "line",
      data: { labels: data.labels, datasets: data.series.map(toDataset) },
      options: {
        maintainAspectRatio: false,
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches
          ? false
          : { duration: 150 },
        interaction: { mode: "index", intersect: false },
        scales: {
          x: { grid: { display: false }, border: { color: colour("line") }, ticks: axis },
          y: {
            beginAtZero: fromZero(data),
            border: { display: false },
            grid: { color: colour("line") },
            ticks: { ...axis, maxTicksLimit: 5 },
            title: { display: true, text: data.series[0]?.unit ?? "", color: colour("soft"), font },
          },
        },
        plugins: {
          tooltip: {
            backgroundColor: colour("ink"),
            titleColor: colour("line"),
            bodyColor: colour("line"),
            titleFont: font,
            bodyFont: font,
            displayColors: false,
            callbacks: {
              label: (item) => {
                const series = data.series[item.datasetIndex];
                return `${series?.label}: ${item.formattedValue} ${series?.unit}`;
              },
            },
          },
        },
      },
    });
  }
}

/** Whether the axis starts at zero: where the values come near it, or there is no spread to show. */
function fromZero(data: TrendData): boolean {
  const values = data.series.flatMap((series) => series.values).filter((value) => value !== null);
  return Math.min(...values) < Math.max(...values) / 2 || new Set(values).size < 2;
}

function toDataset(series: Series): ChartDataset<"line", (number | null)[]> {
  const shown = colour(series.colour ?? "voice");
  return {
    label: series.label,
    data: series.values,
    borderColor: shown,
    backgroundColor: shown,
    borderWidth: 2,
    pointRadius: 3,
    pointHoverRadius: 5,
    spanGaps: true,
  };
}
