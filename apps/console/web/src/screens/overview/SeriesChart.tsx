import "@mantine/charts/styles.css";
import { LineChart } from "@mantine/charts";
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/use-format.ts";
import type { Chart } from "./chart-data.ts";
import { ChartTable } from "./ChartTable.tsx";
import classes from "./SeriesChart.module.css";
import { useChartWords } from "./use-chart-words.ts";

interface Look {
  readonly color: string;
  /** As SVG's stroke-dasharray has it; absent: a solid line. */
  readonly dash?: string;
}

/** Told apart by shape as well as colour: those after the first are dashed. */
const FIRST: Look = { color: "accent.6" };
const LOOK: Partial<Record<Chart["measures"][number], Look>> = {
  duplicates: { color: "gray.6", dash: "4 3" },
  refused: { color: "red.6", dash: "1 3" },
  p95: { color: "gray.6", dash: "4 3" },
  p99: { color: "red.6", dash: "1 3" },
  dead: { color: "red.6", dash: "4 3" },
};

function lookOf(measure: Chart["measures"][number]): Look {
  return LOOK[measure] ?? FIRST;
}

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
              h={180}
              data={data}
              dataKey="at"
              series={chart.measures.map((name) => {
                const { color, dash } = lookOf(name);
                return { name, label: words.label(name), color, ...(dash ? { strokeDasharray: dash } : {}) };
              })}
              valueFormatter={toValue}
              withDots={false}
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
            <ul className={classes["legend"]}>
              {chart.measures.map((name) => (
                <li key={name}>
                  <Key look={lookOf(name)} />
                  {words.label(name)}
                </li>
              ))}
            </ul>
          </div>
          <ChartTable chart={chart} label={words.label} toValue={toValue} />
        </>
      )}
    </figure>
  );
}

/** The line as it is in the chart: the library's own legend has dots, which say nothing of its shape. */
function Key({ look: { color, dash } }: { readonly look: Look }) {
  const stroke = `var(--mantine-color-${color.replace(".", "-")})`;
  return (
    <svg width={24} height={8}>
      <line x1={0} x2={24} y1={4} y2={4} stroke={stroke} strokeWidth={2} strokeDasharray={dash} />
    </svg>
  );
}
