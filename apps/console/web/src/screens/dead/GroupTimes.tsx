import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeadGroup } from "../../api/types.ts";
import { Sparkline } from "../../components/Sparkline.tsx";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import classes from "./Group.module.css";

/** The last day at a glance, and between which times its letters died. */
export function GroupTimes({ group }: { readonly group: DeadGroup }) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const sum = group.perHour.reduce((total, value) => total + value, 0);
  return (
    <div className={classes["times"]}>
      <Sparkline
        values={group.perHour}
        label={t("sparkline", {
          number: format.number(sum),
          top: format.number(Math.max(0, ...group.perHour)),
        })}
      />
      <Text size="xs" c="dimmed">
        {t("last")} <Time dense at={group.lastDiedAt} /> · {t("first")} <Time dense at={group.firstDiedAt} />
      </Text>
    </div>
  );
}
