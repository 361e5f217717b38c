import { Anchor, Group, SegmentedControl, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { runItemsQuery } from "../../api/runs.ts";
import type { Run, RunItem, RunItemState } from "../../api/types.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { Empty } from "../../components/Empty.tsx";
import { ListFailure } from "../../components/ListFailure.tsx";
import { Pager } from "../../components/Pager.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Pending } from "../../components/Pending.tsx";
import { StateBadge } from "../../components/StateBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { useUrlState } from "../../components/use-url-state.ts";
import { itemPath, itemStates, itemTones } from "./items.ts";

/** What became of each job, by state. */
export function RunItems({ run }: { readonly run: Run }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const url = useUrlState();
  const state = itemStates.find((each) => each === url.get("state"));
  const { data, error, refetch } = useQuery(runItemsQuery(run, { state, cursor: url.cursor }));
  const columns = useColumns(run);
  const choices = itemStates.filter((each) => run.items[each] > 0 || each === state);
  return (
    <Panel title={t("results")}>
      <Group mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t("results")}
          classNames={{ root: "wraps" }}
          value={state ?? ""}
          onChange={(value) => url.set({ state: value }, { replace: true })}
          data={[
            { value: "", label: t("allResults") },
            ...choices.map((each) => ({
              value: each as string,
              label: `${t(`item.${each}`)} ${format.number(run.items[each])}`,
            })),
          ]}
        />
      </Group>
      {error ? (
        <ListFailure error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Pending />
      ) : data.items.length === 0 && url.cursor === undefined ? (
        <Empty title={t("noResults")}>
          {state === undefined ? t("noResultsText") : t("noResultsOfState")}
        </Empty>
      ) : (
        <>
          <DataTable label={t("resultsLabel")} columns={columns} rows={data.items} rowKey={({ id }) => id} />
          <Pager
            onPrevious={url.cursor === undefined ? undefined : url.previous}
            onNext={data.next === null ? undefined : () => url.next(data.next ?? "")}
          />
        </>
      )}
    </Panel>
  );
}

function useColumns(run: Run): readonly Column<RunItem>[] {
  const { t } = useTranslation("runs");
  const name = (state: RunItemState) => t(`item.${state}`);
  return [
    {
      key: "job",
      head: t("column.job"),
      plain: true,
      cell: (item) => (
        <Anchor component={Link} href={itemPath(run.processor, item)} inherit className="mono">
          {item.id}
        </Anchor>
      ),
    },
    {
      key: "result",
      head: t("column.result"),
      cell: ({ state }) => <StateBadge tone={itemTones[state]}>{name(state)}</StateBadge>,
    },
    { key: "at", head: t("column.at"), cell: ({ at }) => <Time dense at={at} /> },
    {
      key: "message",
      head: t("column.message"),
      grow: true,
      cell: ({ message }) => (
        <Text size="sm" lineClamp={2} className="hostile-line">
          {message ?? "–"}
        </Text>
      ),
    },
  ];
}
