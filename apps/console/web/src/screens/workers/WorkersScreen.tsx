import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { WorkerRecord } from "../../api/types.ts";
import { Empty } from "../../components/Empty.tsx";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pending } from "../../components/Pending.tsx";
import { Command } from "../overview/Command.tsx";
import { useWorkers } from "./queries.ts";
import { WorkerCard } from "./WorkerCard.tsx";

/** Every replica that was heard of within a day. */
export default function WorkersScreen() {
  const { t } = useTranslation("workers");
  const { data: workers, error, refetch } = useWorkers();
  return (
    <>
      <PageTitle
        title={t("title")}
        {...(workers === undefined ? {} : { text: <Summary workers={workers} /> })}
      />
      {workers === undefined ? (
        error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Pending lines={3} height={140} />
        )
      ) : workers.length === 0 ? (
        <Empty title={t("emptyTitle")}>
          {t("empty")} <Command text="npm start" />
        </Empty>
      ) : (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          {workers.map((worker) => (
            <WorkerCard key={worker.id} worker={worker} />
          ))}
        </SimpleGrid>
      )}
    </>
  );
}

function Summary({ workers }: { readonly workers: readonly WorkerRecord[] }) {
  const { t } = useTranslation("workers");
  const live = workers.filter((worker) => worker.live).length;
  const gone = workers.filter((worker) => !worker.live && worker.stoppedAt === null).length;
  return [t("summary", { count: live }), ...(gone > 0 ? [t("summaryGone", { count: gone })] : [])].join(
    " · ",
  );
}
