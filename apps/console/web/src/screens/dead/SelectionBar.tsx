import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DEAD, exportUrl } from "../../api/dead.ts";
import { useMayChange } from "../../api/session.ts";
import type { DeadFilter } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";
import { RunDialog } from "../runs/RunDialog.tsx";
import { DiscardDialog } from "./DiscardDialog.tsx";
import classes from "./Letters.module.css";
import { ReplayButton } from "./ReplayButton.tsx";
import { SelectAll } from "./SelectAll.tsx";
import type { Selection } from "./use-selection.ts";

interface SelectionBarProps {
  readonly selection: Selection;
  readonly filter: DeadFilter;
  readonly matching: number | null;
}

/** What can be done with the selected letters; for all that match it becomes a run. */
export function SelectionBar({ selection, filter, matching }: SelectionBarProps) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const client = useQueryClient();
  const mayChange = useMayChange();
  const [dialog, setDialog] = useState<"replay" | "discard" | null>(null);
  const { selected, isAll, clear } = selection;
  if (!mayChange || selected.length === 0) return null;
  const { processor } = filter;
  const done = async () => {
    clear();
    await client.invalidateQueries({ queryKey: DEAD });
  };
  const close = () => setDialog(null);
  return (
    <section aria-label={t("selection.label")} className={classes["bar"]}>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Text size="sm" fw={500} role="status">
            {isAll
              ? t("selection.all", { number: format.number(matching ?? 0) })
              : t("selection.some", { count: selected.length, number: format.number(selected.length) })}
          </Text>
          <SelectAll selection={selection} filter={filter} matching={matching} />
          <Button size="compact-xs" variant="subtle" onClick={clear}>
            {t("selection.clear")}
          </Button>
        </Group>
        <Group gap="xs">
          {isAll && processor !== undefined ? (
            <>
              <Button size="xs" variant="default" component="a" href={exportUrl(filter)} download>
                {t("actions.export")}
              </Button>
              <Button size="xs" onClick={() => setDialog("replay")}>
                {t("actions.replayAll")}
              </Button>
            </>
          ) : (
            <ReplayButton letters={selected} onDone={done} />
          )}
          <Button size="xs" variant="default" onClick={() => setDialog("discard")}>
            {t("actions.discard")}
          </Button>
        </Group>
      </Group>
      {dialog !== null && isAll && processor !== undefined ? (
        <RunDialog scope={{ kind: dialog, filter: { ...filter, processor } }} onClose={close} />
      ) : null}
      {dialog === "discard" && !isAll ? (
        <DiscardDialog letters={selected} onClose={close} onDone={done} />
      ) : null}
    </section>
  );
}
