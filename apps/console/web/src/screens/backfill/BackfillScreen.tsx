import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayChange } from "../../api/session.ts";
import type { RunScope } from "../../api/types.ts";
import { Empty } from "../../components/Empty.tsx";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Pending } from "../../components/Pending.tsx";
import { Command } from "../overview/Command.tsx";
import { useOverview } from "../overview/queries.ts";
import { QUARANTINE } from "../processors/quarantine.ts";
import { BackfillForm } from "./BackfillForm.tsx";
import { BackfillPlan } from "./BackfillPlan.tsx";

/** Old events through a processor: which, counted first, then as a run. */
export default function BackfillScreen() {
  const { t } = useTranslation("backfill");
  const mayChange = useMayChange();
  const { data: overview, error, refetch } = useOverview();
  const [scope, setScope] = useState<RunScope | null>(null);
  return (
    <>
      <PageTitle title={t("title")} text={t("intro")} />
      {overview === undefined ? (
        error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Pending lines={4} height={48} />
        )
      ) : !mayChange ? (
        <Text size="sm">{t("readonly")}</Text>
      ) : overview.processors.every(({ name }) => name === QUARANTINE) ? (
        <Empty title={t("noProcessorsTitle")}>
          {t("noProcessors")} <Command text="npm start" />
        </Empty>
      ) : (
        <Stack gap="md">
          <Panel>
            <BackfillForm overview={overview} onPlan={setScope} onChange={() => setScope(null)} />
          </Panel>
          {scope === null ? (
            <Text size="sm" c="dimmed" maw={720}>
              {t("keys")}
            </Text>
          ) : (
            <BackfillPlan key={JSON.stringify(scope)} scope={scope} onChange={() => setScope(null)} />
          )}
        </Stack>
      )}
    </>
  );
}
