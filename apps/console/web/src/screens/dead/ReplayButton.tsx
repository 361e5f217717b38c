import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { replayLetters } from "../../api/dead.ts";
import type { DeadLetterSummary } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { useFormat } from "../../components/use-format.ts";
import { byProcessor } from "./by-processor.ts";

interface ReplayButtonProps {
  readonly letters: readonly Pick<DeadLetterSummary, "processor" | "id">[];
  readonly onDone: () => Promise<unknown>;
}

/** Replays these letters at once, and says how many of them still were dead. */
export function ReplayButton({ letters, onDone }: ReplayButtonProps) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const replay = useMutation({
    mutationFn: async () => {
      const counts = { replayed: 0, gone: 0 };
      for (const [processor, ids] of byProcessor(letters)) {
        const { replayed, notDead } = await replayLetters(processor, ids);
        counts.replayed += replayed.length;
        counts.gone += notDead.length;
      }
      return counts;
    },
    onSuccess: ({ replayed, gone }) => {
      const texts = [t("replayed.done", { count: replayed, number: format.number(replayed) })];
      if (gone > 0) texts.push(t("replayed.gone", { count: gone, number: format.number(gone) }));
      notifications.show({ message: texts.join(". ") });
    },
    onSettled: onDone,
  });
  return (
    <>
      <Button size="xs" loading={replay.isPending} onClick={() => replay.mutate()}>
        {t("actions.replay")}
      </Button>
      {replay.error ? <Failure error={replay.error} /> : null}
    </>
  );
}
