import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { discardLetters } from "../../api/dead.ts";
import type { DeadLetterSummary } from "../../api/types.ts";
import { Confirm } from "../../components/Confirm.tsx";
import { useFormat } from "../../components/use-format.ts";
import { useReturnFocus } from "../../components/use-return-focus.ts";
import { byProcessor } from "./by-processor.ts";

interface DiscardDialogProps {
  readonly letters: readonly Pick<DeadLetterSummary, "processor" | "id">[];
  readonly onClose: () => void;
  readonly onDone: () => Promise<unknown>;
}

/** Puts these letters away, for a reason, with their number typed in. */
export function DiscardDialog({ letters, onClose, onDone }: DiscardDialogProps) {
  useReturnFocus();
  const { t } = useTranslation("dead");
  const format = useFormat();
  const count = letters.length;
  const discard = async (why: string) => {
    let discarded = 0;
    let gone = 0;
    for (const [processor, ids] of byProcessor(letters)) {
      const result = await discardLetters(processor, ids, why);
      discarded += result.discarded.length;
      gone += result.notDead.length;
    }
    const texts = [t("discard.done", { count: discarded, number: format.number(discarded) })];
    if (gone > 0) texts.push(t("replayed.gone", { count: gone, number: format.number(gone) }));
    notifications.show({ message: texts.join(". ") });
    await onDone();
  };
  return (
    <Confirm
      opened
      danger
      onClose={onClose}
      title={t("discard.title", { count, number: format.number(count) })}
      action={t("discard.action")}
      count={count}
      onConfirm={discard}
    >
      <Text size="sm">{t("discard.text")}</Text>
    </Confirm>
  );
}
