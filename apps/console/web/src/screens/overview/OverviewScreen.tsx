import { SimpleGrid, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pending } from "../../components/Pending.tsx";
import { Charts } from "./Charts.tsx";
import { Figures } from "./Figures.tsx";
import { FirstRun } from "./FirstRun.tsx";
import { MemoryOwners } from "./MemoryOwners.tsx";
import { ProcessorsTable } from "./ProcessorsTable.tsx";
import { findProblems } from "./problems.ts";
import { useDoctor, useOverview } from "./queries.ts";
import { Verdict } from "./Verdict.tsx";

/** Is everything well, in one look. */
export default function OverviewScreen() {
  const { t } = useTranslation("overview");
  const { data: overview, error, refetch } = useOverview();
  const { data: diagnosis } = useDoctor();
  return (
    <>
      <PageTitle title={t("title")} />
      {overview === undefined ? (
        error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Pending lines={8} height={56} />
        )
      ) : (
        <Stack gap="md">
          <Verdict overview={overview} problems={findProblems(overview, diagnosis)} />
          {overview.lastEvent === null && overview.inbox.accepted === 0 ? <FirstRun /> : null}
          <Figures overview={overview} />
          <Charts />
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
            <ProcessorsTable overview={overview} />
            <MemoryOwners overview={overview} />
          </SimpleGrid>
        </Stack>
      )}
    </>
  );
}
