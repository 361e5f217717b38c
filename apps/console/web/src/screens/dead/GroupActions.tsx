import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { exportUrl } from "../../api/dead.ts";
import { useMayChange } from "../../api/session.ts";
import type { DeadGroup } from "../../api/types.ts";
import { useNow } from "../../components/use-now.ts";
import { RunDialog } from "../runs/RunDialog.tsx";
import classes from "./Group.module.css";
import { type GroupChange, GroupChangeDialog } from "./GroupChangeDialog.tsx";

interface GroupActionsProps {
  readonly group: DeadGroup;
  /** On the group's own page there is nothing to open. */
  readonly withOpen?: boolean;
}

/** What can be done about a whole group. */
export function GroupActions({ group, withOpen = true }: GroupActionsProps) {
  const { t } = useTranslation("dead");
  const mayChange = useMayChange();
  const now = useNow();
  const [run, setRun] = useState<"replay" | "discard" | null>(null);
  const [change, setChange] = useState<GroupChange | null>(null);
  const filter = { processor: group.processor, group: group.group };
  const muted = group.mutedUntil !== null && group.mutedUntil > now;
  return (
    <Group gap={6} wrap="nowrap" className={classes["actions"] ?? ""}>
      {withOpen ? (
        <Button
          component={Link}
          href={`/dead/groups/${encodeURIComponent(group.group)}`}
          size="xs"
          variant="default"
        >
          {t("actions.open")}
        </Button>
      ) : null}
      {mayChange ? (
        <>
          <Button size="xs" disabled={group.count === 0} onClick={() => setRun("replay")}>
            {t("actions.replayAll")}
          </Button>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon size={30} variant="default" aria-label={t("actions.more")}>
                <IconDots size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setChange(group.state === "resolved" ? "reopen" : "resolve")}>
                {group.state === "resolved" ? t("actions.reopen") : t("actions.resolve")}
              </Menu.Item>
              <Menu.Item onClick={() => setChange(muted ? "unmute" : "mute")}>
                {muted ? t("actions.unmute") : t("actions.mute")}
              </Menu.Item>
              <Menu.Item component="a" href={exportUrl(filter)} download>
                {t("actions.export")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item disabled={group.count === 0} onClick={() => setRun("discard")}>
                {t("actions.discard")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          {run ? <RunDialog scope={{ kind: run, filter }} onClose={() => setRun(null)} /> : null}
          {change ? (
            <GroupChangeDialog change={change} group={group} onClose={() => setChange(null)} />
          ) : null}
        </>
      ) : null}
    </Group>
  );
}
