import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeadFilter } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";
import type { Selection } from "./use-selection.ts";

interface SelectAllProps {
  readonly selection: Selection;
  readonly filter: DeadFilter;
  readonly matching: number | null;
}

/** From the whole page to all that match, beyond it; or why not: a run concerns one processor. */
export function SelectAll({ selection, filter, matching }: SelectAllProps) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const { isPage, isAll, selected, selectAll } = selection;
  if (!isPage || isAll || (matching !== null && matching <= selected.length)) return null;
  if (filter.processor === undefined || matching === null) {
    return (
      <Text size="xs" c="dimmed">
        {filter.processor === undefined ? t("selection.oneProcessor") : t("selection.noSearch")}
      </Text>
    );
  }
  return (
    <Button size="compact-xs" variant="light" onClick={selectAll}>
      {t("selection.selectAll", { number: format.number(matching) })}
    </Button>
  );
}
