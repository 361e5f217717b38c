import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "../../api/types.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { Empty } from "../../components/Empty.tsx";
import { ListFailure } from "../../components/ListFailure.tsx";
import { Num } from "../../components/Num.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pager } from "../../components/Pager.tsx";
import { Pending } from "../../components/Pending.tsx";
import { Time } from "../../components/Time.tsx";
import { useUrlState } from "../../components/use-url-state.ts";
import { AuditFilter } from "./AuditFilter.tsx";
import { AuditTarget } from "./AuditTarget.tsx";
import { useAudit } from "./queries.ts";
import { useActionName } from "./use-action-name.ts";

/** Who did what, when, with what filter and count. */
export default function AuditScreen() {
  const { t } = useTranslation("audit");
  const { cursor, next, previous } = useUrlState();
  const { data: page, error, refetch } = useAudit(cursor);
  const columns = useColumns();
  return (
    <>
      <PageTitle title={t("title")} />
      {page === undefined ? (
        error ? (
          <ListFailure error={error} onRetry={() => void refetch()} />
        ) : (
          <Pending lines={8} />
        )
      ) : page.entries.length === 0 && cursor === undefined ? (
        <Empty title={t("emptyTitle")}>{t("emptyText")}</Empty>
      ) : (
        <>
          <DataTable label={t("list")} columns={columns} rows={page.entries} rowKey={({ id }) => id} />
          <Pager
            onPrevious={cursor === undefined ? undefined : previous}
            onNext={page.next === null ? undefined : () => page.next !== null && next(page.next)}
          />
        </>
      )}
    </>
  );
}

function useColumns(): readonly Column<AuditEntry>[] {
  const { t } = useTranslation("audit");
  const nameOf = useActionName();
  return [
    { key: "when", head: t("column.when"), cell: ({ at }) => <Time at={at} dense /> },
    {
      key: "who",
      head: t("column.who"),
      cell: ({ by }) => (
        <Text span inherit fw={600} className="hostile-line">
          {by}
        </Text>
      ),
    },
    { key: "what", head: t("column.what"), cell: ({ what }) => nameOf(what) },
    { key: "target", head: t("column.target"), cell: (entry) => <AuditTarget entry={entry} /> },
    {
      key: "count",
      head: t("column.count"),
      align: "right",
      cell: ({ count }) => (count === null ? null : <Num value={count} />),
    },
    {
      key: "why",
      head: t("column.why"),
      grow: true,
      cell: ({ why, filter }) => (
        <div>
          <Text inherit className="hostile" {...(why === "" ? { c: "dimmed" } : {})}>
            {why === "" ? t("noWhy") : why}
          </Text>
          <AuditFilter filter={filter} />
        </div>
      ),
    },
  ];
}
