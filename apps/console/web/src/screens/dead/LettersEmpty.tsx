import { useTranslation } from "react-i18next";
import type { DeadFilter } from "../../api/types.ts";
import { Empty } from "../../components/Empty.tsx";
import { useFormat } from "../../components/use-format.ts";
import { countConditions } from "./filter-url.ts";

interface LettersEmptyProps {
  readonly filter: DeadFilter;
  readonly scanned: number;
}

export function LettersEmpty({ filter, scanned }: LettersEmptyProps) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  if (filter.text !== undefined && scanned > 0)
    return (
      <Empty title={t("empty.searched")}>{t("empty.searchedText", { number: format.number(scanned) })}</Empty>
    );
  if (countConditions(filter) > 0)
    return <Empty title={t("empty.filtered")}>{t("empty.filteredText")}</Empty>;
  return <Empty title={t("empty.none")}>{t("empty.noneText")}</Empty>;
}
