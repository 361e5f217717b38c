import "@mantine/charts/styles.css";
import { LineChart } from "@mantine/charts";
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/use-format.ts";
import type { Chart } from "./chart-data.ts";
import { ChartTable } from "./ChartTable.tsx";
import classes from "./SeriesChart.module.css";
import { useChartWords } from "./use-chart-words.ts";

/** Told apart by shape as well as colour: those after the first are dashed. */
const LOOK = {
  accepted: ["accent.6", undefined],
  duplicates: ["gray.6", "4 3"],
  refused: ["red.6", "1 3"],
  p50: ["accent.6", undefined],
  p95: ["gray.6", "4 3"],
  p99: ["red.6", "1 3"],
  waiting: ["accent.6", undefined],
  dead: ["red.6", "4 3"],
} as const;

/** One chart. Its sentence and its table say the same to whoever does not see it. */
export default function SeriesChart({ chart }: { readonly chart: Chart }) {
  const { t, i18n } = useTranslation("overview");
  const format = useFormat();
  const words = useChartWords(chart);
  const toValue = chart.name === "latency" ? format.duration : format.number;
  // Its unit would not fit beside the axis.
  const toTick = (value: number) => (value === 0 ? "0" : toValue(value));
  const toTime = (at: number) =>
    new Date(at).toLocaleTimeString(i18n.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const data = chart.points.map((point) => ({ ...point, at: toTime(point.at) }));
  return (
    <figure className={classes["figure"]}>
      <figcaption>
        <Text fw={600} size="sm">
          {t(`chart.${chart.name}`)}
        </Text>
        <Text size="xs" c="dimmed">
          {chart.isEmpty ? t("chart.none") : words.summary}
        </Text>
      </figcaption>
      {chart.isEmpty ? null : (
        <>
          <div aria-hidden>
            <LineChart
              h={212}
              data={data}
              dataKey="at"
              series={chart.measures.map((name) => {
                const [color, dash] = LOOK[name as keyof typeof LOOK];
                return { name, label: words.label(name), color, ...(dash ? { strokeDasharray: dash } : {}) };
              })}
              valueFormatter={toValue}
              withDots={false}
              withLegend
              legendProps={{ verticalAlign: "bottom", height: 40 }}
              curveType="monotone"
              connectNulls={false}
              strokeWidth={1.5}
              gridAxis="x"
              tickLine="none"
              yAxisProps={{ width: 60, tickFormatter: toTick, allowDecimals: chart.name === "latency" }}
              xAxisProps={{ minTickGap: 40 }}
              lineProps={{ isAnimationActive: false }}
              // Above the highest tick there is room for its label; else it moves down, and the next tick loses its line.
              lineChartProps={{ accessibilityLayer: false, margin: { top: 10 } }}
            />
          </div>
          <ChartTable chart={chart} label={words.label} toValue={toValue} />
        </>
      )}
    </figure>
  );
}
