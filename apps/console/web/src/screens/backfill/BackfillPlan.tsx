import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { RunScope } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Pending } from "../../components/Pending.tsx";
import { PlanView } from "../runs/PlanView.tsx";
import { RunForm } from "../runs/RunForm.tsx";
import { usePlan } from "../runs/use-plan.ts";

interface BackfillPlanProps {
  readonly scope: RunScope;
  /** Somebody wants other events after all. */
  readonly onChange: () => void;
}

/** What the backfill would do, and the decision; the started run has its own page. */
export function BackfillPlan({ scope, onChange }: BackfillPlanProps) {
  const { t } = useTranslation("backfill");
  const [, navigate] = useLocation();
  const plan = usePlan(scope);
  return (
    <Panel title={t("planTitle")}>
      {plan.error ? (
        <Failure error={plan.error} onRetry={() => void plan.refetch()} />
      ) : plan.data === undefined ? (
        <Pending lines={4} />
      ) : (
        <Stack gap="md" maw={640}>
          <PlanView plan={plan.data} />
          <Text size="sm" c="dimmed">
            {t("keys")}
          </Text>
          <RunForm
            key={plan.dataUpdatedAt}
            plan={plan.data}
            onCancel={onChange}
            onPlanAgain={() => void plan.refetch()}
            onStarted={({ id }) => navigate(`/runs/${encodeURIComponent(id)}`)}
          />
        </Stack>
      )}
    </Panel>
  );
}
