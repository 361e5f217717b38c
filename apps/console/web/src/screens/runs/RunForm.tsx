import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { RUNS, startRun } from "../../api/runs.ts";
import type { Run, RunPlan } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { GuardFields } from "./GuardFields.tsx";
import { RateField } from "./RateField.tsx";
import { checkDraft, firstDraft, type RunDraft, toRequest } from "./run-draft.ts";

interface RunFormProps {
  readonly plan: RunPlan;
  readonly onStarted: (run: Run) => void;
  readonly onCancel?: () => void;
  readonly onPlanAgain?: () => void;
}

/** Name, pace, guard and reason of a planned run. What is discarded has its number typed in. */
export function RunForm({ plan, onStarted, onCancel, onPlanAgain }: RunFormProps) {
  const { t, i18n } = useTranslation(["runs", "common"]);
  const client = useQueryClient();
  const { kind } = plan.scope;
  const [draft, setDraft] = useState<RunDraft>(() =>
    firstDraft(plan, t(`runs:defaultName.${kind}`, { processor: plan.processor })),
  );
  const [tried, setTried] = useState(false);
  const change = (part: Partial<RunDraft>) => setDraft((before) => ({ ...before, ...part }));
  const wrong = checkDraft(plan, draft);
  const shown = plan.total.toLocaleString(i18n.language);
  const start = useMutation({
    mutationFn: () =>
      startRun(toRequest(plan, draft), draft.why.trim(), kind === "discard" ? plan.total : undefined),
    onSuccess: async (run) => {
      onStarted(run);
      await client.invalidateQueries({ queryKey: RUNS });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong.size === 0) start.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {plan.total === 0 ? null : (
          <>
            <TextInput
              label={t("runs:form.name")}
              required
              maxLength={100}
              data-autofocus
              value={draft.name}
              onChange={({ currentTarget }) => change({ name: currentTarget.value })}
              error={tried && wrong.has("name") ? t("runs:form.nameMissing") : undefined}
            />
            {kind === "replay" || kind === "backfill" ? (
              <>
                <RateField total={plan.total} value={draft.rate} onChange={(rate) => change({ rate })} />
                <GuardFields total={plan.total} value={draft.guard} onChange={(guard) => change({ guard })} />
              </>
            ) : null}
            <TextInput
              label={t("common:reason")}
              description={t("common:reasonHelp")}
              required={kind === "discard"}
              maxLength={500}
              value={draft.why}
              onChange={({ currentTarget }) => change({ why: currentTarget.value })}
              error={tried && wrong.has("why") ? t("common:confirm.reasonMissing") : undefined}
            />
            {kind === "discard" ? (
              <TextInput
                label={t("common:confirm.count", { number: shown })}
                inputMode="numeric"
                autoComplete="off"
                required
                value={draft.typed}
                onChange={({ currentTarget }) => change({ typed: currentTarget.value })}
                error={
                  tried && wrong.has("count") ? t("common:confirm.countWrong", { number: shown }) : undefined
                }
              />
            ) : null}
          </>
        )}
        {start.error ? <Failure error={start.error} /> : null}
        <Group justify="flex-end" gap="xs">
          {onPlanAgain ? (
            <Button variant="subtle" onClick={onPlanAgain}>
              {t("runs:plan.again")}
            </Button>
          ) : null}
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              {t("common:cancel")}
            </Button>
          ) : null}
          <Button
            type="submit"
            loading={start.isPending}
            disabled={plan.total === 0 || plan.activeRun !== null}
            {...(kind === "discard" ? { color: "red.9" } : {})}
          >
            {t(`runs:start.${kind}`, { count: plan.total, number: shown })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
