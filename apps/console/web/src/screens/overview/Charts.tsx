import { SegmentedControl, SimpleGrid } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SeriesSpan } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Pending } from "../../components/Pending.tsx";
import { chartsOf } from "./chart-data.ts";
import { useSeries } from "./queries.ts";

// The charts' library is larger than all the rest of the page.
const SeriesChart = lazy(() => import("./SeriesChart.tsx"));

/** The last hour or day, as lines. */
export function Charts() {
  const { t } = useTranslation("overview");
  const [span, setSpan] = useState<SeriesSpan>("hour");
  const { data: series, error, refetch } = useSeries(span);
  return (
    <Panel
      title={t("charts")}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t("span.label")}
          value={span}
          onChange={(value) => setSpan(value === "day" ? "day" : "hour")}
          data={(["hour", "day"] as const).map((value) => ({ value, label: t(`span.${value}`) }))}
        />
      }
    >
      {series === undefined ? (
        error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Pending lines={1} height={220} />
        )
      ) : (
        <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg" verticalSpacing="lg">
          {chartsOf(series).map((chart) => (
            <Suspense key={chart.name} fallback={<Pending lines={1} height={220} />}>
              <SeriesChart chart={chart} />
            </Suspense>
          ))}
        </SimpleGrid>
      )}
    </Panel>
  );
}
