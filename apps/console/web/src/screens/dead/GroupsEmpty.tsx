import { useTranslation } from "react-i18next";
import { Empty } from "../../components/Empty.tsx";
import type { View } from "./views.ts";

interface GroupsEmptyProps {
  /** There are groups, but of other states. */
  readonly hasOthers: boolean;
  readonly view: View;
  readonly isFiltered: boolean;
}

/** Why there is nothing to see, and whether that is good. */
export function GroupsEmpty({ hasOthers, view, isFiltered }: GroupsEmptyProps) {
  const { t } = useTranslation("dead");
  if (hasOthers && view === "problems")
    return <Empty title={t("empty.noProblems")}>{t("empty.noProblemsText")}</Empty>;
  if (hasOthers || isFiltered) return <Empty title={t("empty.filtered")}>{t("empty.filteredText")}</Empty>;
  return <Empty title={t("empty.none")}>{t("empty.noneText")}</Empty>;
}
