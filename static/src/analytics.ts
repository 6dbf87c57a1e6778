/** The Progress page: charts over time. */
import { TrendChart } from "./trends/trend_chart";

customElements.define("trend-chart", TrendChart);
