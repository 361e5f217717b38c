import { Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { discardedQuery } from "../../api/dead.ts";
import { useMayChange } from "../../api/session.ts";
import { DataTable } from "../../components/DataTable.tsx";
import { Empty } from "../../components/Empty.tsx";
import { ListFailure } from "../../components/ListFailure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pager } from "../../components/Pager.tsx";
import { Pending } from "../../components/Pending.tsx";
import { ProcessorSelect } from "../../components/ProcessorSelect.tsx";
import { useFormat } from "../../components/use-format.ts";
import { useUrlState } from "../../components/use-url-state.ts";
import { letterKey } from "../dead/use-selection.ts";
import { useDiscardedColumns } from "./columns.tsx";

/** What was put away: by whom, why, and until when it can come back. */
export default function DiscardedScreen() {
  const { t } = useTranslation("discarded");
  const format = useFormat();
  const url = useUrlState();
  const mayChange = useMayChange();
  const processor = url.get("processor");
  const { data, error, refetch } = useQuery(discardedQuery({ processor, cursor: url.cursor }));
  const columns = useDiscardedColumns(mayChange);
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
      ) : data.letters.length === 0 && url.cursor === undefined ? (
        <Empty title={t("empty")}>{t("emptyText")}</Empty>
      ) : (
        <>
          <DataTable label={t("label")} columns={columns} rows={data.letters} rowKey={letterKey} />
          <Pager
            text={t("total", { number: format.number(data.total) })}
            onPrevious={url.cursor === undefined ? undefined : url.previous}
            onNext={data.next === null ? undefined : () => url.next(data.next ?? "")}
          />
        </>
      )}
    </>
  );
}
