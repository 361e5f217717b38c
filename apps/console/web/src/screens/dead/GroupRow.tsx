import { Anchor, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DeadGroup } from "../../api/types.ts";
import { EventSentence } from "../../components/EventSentence.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { useFormat } from "../../components/use-format.ts";
import classes from "./Group.module.css";
import { GroupActions } from "./GroupActions.tsx";
import { GroupState } from "./GroupState.tsx";
import { GroupTimes } from "./GroupTimes.tsx";

/** One group in the list: how many, what went wrong, since when, for example. */
export function GroupRow({ group }: { readonly group: DeadGroup }) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const href = `/dead/groups/${encodeURIComponent(group.group)}`;
  return (
    <li className={classes["row"]}>
      <div className={classes["count"]}>
        <span aria-hidden>{format.number(group.count)}</span>
        <span className="visually-hidden">
          {t("count", { count: group.count, number: format.number(group.count) })}
        </span>
      </div>
      <div className={classes["what"]}>
        <Group gap="xs">
          <Anchor component={Link} href={href} fw={600} className="hostile-line">
            {group.error.name}
          </Anchor>
          <ProcessorBadge name={group.processor} />
          <GroupState group={group} />
        </Group>
        <Text size="sm" className={`mono hostile-line ${classes["message"] ?? ""}`}>
          {group.message}
        </Text>
        {group.example ? (
          <Text size="sm" c="dimmed" className={classes["example"] ?? ""}>
            <EventSentence event={group.example.event} />
          </Text>
        ) : null}
      </div>
      <GroupTimes group={group} />
      <GroupActions group={group} />
    </li>
  );
}
