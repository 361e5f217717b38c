import { Table } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatExact } from "../../components/format-time.ts";
import { useFormat } from "../../components/use-format.ts";
import type { Chart } from "./chart-data.ts";
import classes from "./SeriesChart.module.css";

interface ChartTableProps {
  readonly chart: Chart;
  readonly label: (measure: Chart["measures"][number]) => string;
  readonly toValue: (value: number) => string;
}

/** A chart's figures, folded; the newest first. Only what was recorded. */
export function ChartTable({ chart, label, toValue }: ChartTableProps) {
  const { t, i18n } = useTranslation("overview");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { measures, points, stepMs, name } = chart;
  const recorded = points.filter((point) => measures.some((measure) => point[measure] !== null)).toReversed();
  return (
    <details className={classes["table"]} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t("chart.table")}</summary>
      {t("chart.perSlot", { step: format.duration(stepMs) })}
      {open ? (
        <div className={classes["scroll"]} tabIndex={0} role="region" aria-label={t(`chart.${name}`)}>
          <Table fz="xs" verticalSpacing={2}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("chart.time")}</Table.Th>
                {measures.map((measure) => (
                  <Table.Th key={measure} scope="col" ta="right">
                    {label(measure)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {recorded.map((point) => (
                <Table.Tr key={point.at}>
                  <Table.Td>{formatExact(point.at, i18n.language)}</Table.Td>
                  {measures.map((measure) => {
                    const value = point[measure];
                    return (
                      <Table.Td key={measure} ta="right">
                        {value === null ? "–" : toValue(value)}
                      </Table.Td>
                    );
                  })}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : null}
    </details>
  );
}
