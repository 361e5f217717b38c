import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/use-format.ts";
import { type Chart, lastOf, mostOf, sumOf } from "./chart-data.ts";

/** A chart's names, and what it shows in one sentence. */
export function useChartWords(chart: Chart) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const { points } = chart;
  const duration = (ms: number | null) => (ms === null ? "–" : format.duration(ms));
  const number = (value: number | null) => (value === null ? "–" : format.number(value));
  const summary = {
    events: () =>
      t("chart.eventsSummary", {
        accepted: number(sumOf(points, "accepted")),
        duplicates: number(sumOf(points, "duplicates")),
        refused: number(sumOf(points, "refused")),
      }),
    latency: () =>
      t("chart.latencySummary", {
        p50: duration(mostOf(points, "p50")),
        p95: duration(mostOf(points, "p95")),
        p99: duration(mostOf(points, "p99")),
      }),
    backlog: () =>
      t("chart.backlogSummary", {
        waiting: number(lastOf(points, "waiting")),
        dead: number(lastOf(points, "dead")),
        mostWaiting: number(mostOf(points, "waiting")),
      }),
  }[chart.name]();
  const label = (measure: Chart["measures"][number]): string => {
    switch (measure) {
      case "accepted":
      case "duplicates":
      case "refused":
      case "waiting":
      case "dead":
        return t(`chart.${measure}`);
      default:
        return measure;
    }
  };
  return { summary, label };
}
