import { Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeRun, hasEnded, RUNS } from "../../api/runs.ts";
import { useMayChange } from "../../api/session.ts";
import type { Run } from "../../api/types.ts";
import { Confirm } from "../../components/Confirm.tsx";
import { RunDialog } from "./RunDialog.tsx";

type Change = "pause" | "resume" | "cancel";

/** Pause, resume, cancel; and for what was discarded: the way back. */
export function RunActions({ run }: { readonly run: Run }) {
  const { t } = useTranslation("runs");
  const client = useQueryClient();
  const mayChange = useMayChange();
  const [change, setChange] = useState<Change | null>(null);
  const [recovering, setRecovering] = useState(false);
  if (!mayChange) return null;
  if (hasEnded(run)) {
    return run.kind === "discard" && run.items.discarded > 0 ? (
      <>
        <Button size="xs" variant="default" onClick={() => setRecovering(true)}>
          {t("recoverAll")}
        </Button>
        {recovering ? (
          <RunDialog
            scope={{ kind: "recover", processor: run.processor, discardRun: run.id }}
            onClose={() => setRecovering(false)}
          />
        ) : null}
      </>
    ) : null;
  }
  const stands = run.state === "paused" || run.state === "stopped";
  const resumeLabel = run.state === "stopped" ? t("action.resumeAnyway") : t("action.resume");
  return (
    <>
      {stands ? (
        <Button size="xs" onClick={() => setChange("resume")}>
          {resumeLabel}
        </Button>
      ) : (
        <Button size="xs" variant="default" onClick={() => setChange("pause")}>
          {t("action.pause")}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setChange("cancel")}>
        {t("action.cancel")}
      </Button>
      {change ? (
        <Confirm
          opened
          onClose={() => setChange(null)}
          title={t(`confirm.${change}`)}
          action={change === "resume" ? resumeLabel : t(`action.${change}`)}
          danger={change === "cancel"}
          reason="optional"
          onConfirm={async (why) => {
            const changed = await changeRun(run.id, change, why);
            client.setQueryData([...RUNS, "run", run.id], changed);
          }}
        >
          <Text size="sm">
            {change === "resume" && run.state === "stopped"
              ? t("confirm.resumeStoppedText")
              : t(`confirm.${change}Text`)}
          </Text>
        </Confirm>
      ) : null}
    </>
  );
}
