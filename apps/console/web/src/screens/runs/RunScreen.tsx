import { Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { runQuery } from "../../api/runs.ts";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Pending } from "../../components/Pending.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { RunActions } from "./RunActions.tsx";
import { RunFacts } from "./RunFacts.tsx";
import { RunItems } from "./RunItems.tsx";
import { RunProgress } from "./RunProgress.tsx";
import { RunStateBadge } from "./RunStateBadge.tsx";

/** One run: how far it is, what became of its jobs, and the ways to steer it. */
export default function RunScreen({ id }: { readonly id: string }) {
  const { t } = useTranslation("runs");
  const { data: run, error, refetch } = useQuery(runQuery(id));
  if (run === undefined) {
    return (
      <>
        <PageTitle title={t("title")} />
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Pending />}
      </>
    );
  }
  return (
    <>
      <PageTitle
        title={run.name}
        text={
          <Group gap="xs">
            {t(`kind.${run.kind}`)} <ProcessorBadge name={run.processor} /> {run.by} ·{" "}
            <Time at={run.createdAt} />
          </Group>
        }
        actions={<RunActions run={run} />}
      />
      <Stack gap="md">
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
        <Panel>
          <Stack gap="sm">
            <Group gap="sm">
              <RunStateBadge state={run.state} />
              {run.stateWhy === null ? null : <span className="hostile-line">{run.stateWhy}</span>}
            </Group>
            <RunProgress run={run} size="lg" />
            <RunFacts run={run} />
          </Stack>
        </Panel>
        <RunItems run={run} />
      </Stack>
    </>
  );
}
