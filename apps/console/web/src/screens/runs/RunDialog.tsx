import { Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { RunScope } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { Pending } from "../../components/Pending.tsx";
import { useReturnFocus } from "../../components/use-return-focus.ts";
import { PlanView } from "./PlanView.tsx";
import { RunForm } from "./RunForm.tsx";
import { usePlan } from "./use-plan.ts";

interface RunDialogProps {
  readonly scope: RunScope;
  readonly onClose: () => void;
}

/** First the plan, then the decision; a started run has its own page. */
export function RunDialog({ scope, onClose }: RunDialogProps) {
  useReturnFocus();
  const { t } = useTranslation(["runs", "common"]);
  const [, navigate] = useLocation();
  const plan = usePlan(scope);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`runs:dialog.${scope.kind}`)}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {plan.error ? (
        <Failure error={plan.error} onRetry={() => void plan.refetch()} />
      ) : plan.data === undefined ? (
        <Pending lines={4} />
      ) : (
        <Stack gap="md">
          <PlanView plan={plan.data} />
          <RunForm
            key={plan.dataUpdatedAt}
            plan={plan.data}
            onCancel={onClose}
            onPlanAgain={() => void plan.refetch()}
            onStarted={({ id }) => {
              onClose();
              navigate(`/runs/${encodeURIComponent(id)}`);
            }}
          />
        </Stack>
      )}
    </Modal>
  );
}
