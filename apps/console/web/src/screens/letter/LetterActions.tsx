import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { DEAD, letterPath, replayLetters } from "../../api/dead.ts";
import { ApiError } from "../../api/api-error.ts";
import { useMayChange } from "../../api/session.ts";
import type { DeadLetterDetails } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { DiscardDialog } from "../dead/DiscardDialog.tsx";
import { DeliveryActions } from "../events/DeliveryActions.tsx";
import { eventIdOf } from "../runs/items.ts";
import { EditDialog } from "./EditDialog.tsx";

/** Replay it, edit and replay it, discard it, or take it elsewhere. */
export function LetterActions({ letter }: { readonly letter: DeadLetterDetails }) {
  const { t } = useTranslation("letter");
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const mayChange = useMayChange();
  const [dialog, setDialog] = useState<"edit" | "discard" | null>(null);
  const { processor, id } = letter;
  const eventId = eventIdOf(id);
  const leave = (path: string) => {
    navigate(path);
    return client.invalidateQueries({ queryKey: DEAD });
  };
  const replay = useMutation({
    mutationFn: async () => {
      const { replayed } = await replayLetters(processor, [id]);
      if (replayed.length === 0) throw new ApiError("DEAD_LETTER_NOT_FOUND", t("gone.title"), 404);
    },
    onSuccess: () => {
      notifications.show({ message: t("replayed") });
      return leave(`/events/${encodeURIComponent(eventId)}`);
    },
  });
  if (!mayChange) return null;
  return (
    <>
      {letter.erasedAt === null ? <DeliveryActions path={letterPath(processor, id)} name={id} /> : null}
      <Button size="xs" variant="default" onClick={() => setDialog("discard")}>
        {t("actions.discard")}
      </Button>
      <Button size="xs" variant="default" onClick={() => setDialog("edit")}>
        {t("actions.edit")}
      </Button>
      <Button size="xs" loading={replay.isPending} onClick={() => replay.mutate()}>
        {t("actions.replay")}
      </Button>
      {replay.error ? <Failure error={replay.error} /> : null}
      {dialog === "edit" ? <EditDialog letter={letter} onClose={() => setDialog(null)} /> : null}
      {dialog === "discard" ? (
        <DiscardDialog letters={[letter]} onClose={() => setDialog(null)} onDone={() => leave("/dead")} />
      ) : null}
    </>
  );
}
