import { NativeSelect, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeGroup, DEAD } from "../../api/dead.ts";
import type { DeadGroup } from "../../api/types.ts";
import { Confirm } from "../../components/Confirm.tsx";
import { useReturnFocus } from "../../components/use-return-focus.ts";

export type GroupChange = "resolve" | "reopen" | "mute" | "unmute";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SPANS = [HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY];

interface GroupChangeDialogProps {
  readonly change: GroupChange;
  readonly group: DeadGroup;
  readonly onClose: () => void;
}

/** Resolves, reopens, mutes or unmutes a group, with a reason. */
export function GroupChangeDialog({ change, group, onClose }: GroupChangeDialogProps) {
  useReturnFocus();
  const { t } = useTranslation("dead");
  const client = useQueryClient();
  const [span, setSpan] = useState(DAY);
  const texts = textsOf(change, t);
  const confirm = async (why: string) => {
    const isMute = change === "mute" || change === "unmute";
    await changeGroup(group.group, isMute ? "mute" : change, {
      why,
      ...(isMute ? { until: change === "mute" ? Date.now() + span : null } : {}),
    });
    notifications.show({ message: texts.done });
    await client.invalidateQueries({ queryKey: DEAD });
  };
  return (
    <Confirm
      opened
      onClose={onClose}
      title={texts.title}
      action={texts.action}
      reason={change === "resolve" || change === "mute" ? "required" : "optional"}
      onConfirm={confirm}
    >
      <Text size="sm">{texts.text}</Text>
      {change === "mute" ? (
        <NativeSelect
          label={t("mute.for")}
          value={String(span)}
          onChange={({ currentTarget }) => setSpan(Number(currentTarget.value))}
          data={SPANS.map((ms) => ({
            value: String(ms),
            label: ms < DAY ? t("mute.hours", { count: ms / HOUR }) : t("mute.days", { count: ms / DAY }),
          }))}
        />
      ) : null}
    </Confirm>
  );
}

type Translate = ReturnType<typeof useTranslation<"dead">>["t"];

function textsOf(change: GroupChange, t: Translate) {
  if (change === "unmute") {
    return {
      title: t("mute.unmuteTitle"),
      text: t("mute.unmuteText"),
      action: t("mute.unmuteAction"),
      done: t("mute.unmuteDone"),
    };
  }
  return {
    title: t(`${change}.title`),
    text: t(`${change}.text`),
    action: t(`${change}.action`),
    done: t(`${change}.done`),
  };
}
