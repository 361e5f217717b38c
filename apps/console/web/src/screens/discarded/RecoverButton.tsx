import { Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toApiError } from "../../api/api-error.ts";
import { DEAD, recoverLetters } from "../../api/dead.ts";
import type { DiscardedLetter } from "../../api/types.ts";

/** Makes a discarded letter a dead letter again. */
export function RecoverButton({ letter }: { readonly letter: Pick<DiscardedLetter, "processor" | "id"> }) {
  const { t } = useTranslation("discarded");
  const client = useQueryClient();
  const recover = useMutation({
    mutationFn: () => recoverLetters(letter.processor, [letter.id]),
    onSuccess: ({ recovered }) => {
      notifications.show({ message: recovered.length > 0 ? t("recovered") : t("late") });
      return client.invalidateQueries({ queryKey: DEAD });
    },
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={recover.isPending}
        aria-label={t("recoverOne", { id: letter.id })}
        onClick={() => recover.mutate()}
      >
        {t("recover")}
      </Button>
      {recover.error ? (
        <Text size="xs" c="var(--misskeep-bad)" role="alert" className="hostile-line">
          {toApiError(recover.error).message}
        </Text>
      ) : null}
    </>
  );
}
