import { useTranslation } from "react-i18next";
import type { DeadGroup } from "../../api/types.ts";
import classes from "./Group.module.css";
import { GroupRow } from "./GroupRow.tsx";

export function GroupList({ groups }: { readonly groups: readonly DeadGroup[] }) {
  const { t } = useTranslation("dead");
  return (
    <ul className={classes["list"]} aria-label={t("groupsLabel")}>
      {groups.map((group) => (
        <GroupRow key={group.group} group={group} />
      ))}
    </ul>
  );
}
