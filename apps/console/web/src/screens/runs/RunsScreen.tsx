import { Anchor, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { runsQuery } from "../../api/runs.ts";
import type { Run } from "../../api/types.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { Empty } from "../../components/Empty.tsx";
import { ListFailure } from "../../components/ListFailure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pager } from "../../components/Pager.tsx";
import { Pending } from "../../components/Pending.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { ProcessorSelect } from "../../components/ProcessorSelect.tsx";
import { Time } from "../../components/Time.tsx";
import { useUrlState } from "../../components/use-url-state.ts";
import { RunProgress } from "./RunProgress.tsx";
import { RunStateBadge } from "./RunStateBadge.tsx";

/** All runs, the newest first. */
export default function RunsScreen() {
  const { t } = useTranslation("runs");
  const url = useUrlState();
  const processor = url.get("processor");
  const { data, error, refetch } = useQuery(runsQuery({ processor, cursor: url.cursor }));
  const columns = useColumns();
  return (
    <>
      <PageTitle title={t("title")} text={t("text")} />
      <Group mb="md">
        <ProcessorSelect
          value={processor}
          onChange={(name) => url.set({ processor: name }, { replace: true })}
        />
      </Group>
      {error ? (
        <ListFailure error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Pending />
      ) : data.runs.length === 0 && url.cursor === undefined ? (
        <Empty title={t("empty.title")}>{t("empty.text")}</Empty>
      ) : (
        <>
          <DataTable label={t("listLabel")} columns={columns} rows={data.runs} rowKey={({ id }) => id} />
          <Pager
            onPrevious={url.cursor === undefined ? undefined : url.previous}
            onNext={data.next === null ? undefined : () => url.next(data.next ?? "")}
          />
        </>
      )}
    </>
  );
}

function useColumns(): readonly Column<Run>[] {
  const { t } = useTranslation("runs");
  return [
    {
      key: "name",
      head: t("column.name"),
      grow: true,
      plain: true,
      cell: ({ id, name, kind }) => (
        <>
          <Anchor
            component={Link}
            href={`/runs/${encodeURIComponent(id)}`}
            inherit
            fw={500}
            className="hostile-line"
          >
            {name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {t(`kind.${kind}`)}
          </Text>
        </>
      ),
    },
    {
      key: "processor",
      head: t("column.processor"),
      cell: ({ processor }) => <ProcessorBadge name={processor} />,
    },
    { key: "state", head: t("column.state"), cell: ({ state }) => <RunStateBadge state={state} /> },
    { key: "progress", head: t("column.progress"), cell: (run) => <RunProgress run={run} /> },
    { key: "by", head: t("column.by"), cell: ({ by }) => <span className="hostile-line">{by}</span> },
    { key: "started", head: t("column.started"), cell: ({ createdAt }) => <Time dense at={createdAt} /> },
  ];
}
