import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { DEAD, editLetter } from "../../api/dead.ts";
import type { DeadLetterDetails } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { eventIdOf } from "../runs/items.ts";
import { CheckResult } from "./CheckResult.tsx";
import { DiffView } from "./DiffView.tsx";
import { useEditCheck } from "./use-edit-check.ts";

interface EditFormProps {
  readonly letter: Pick<DeadLetterDetails, "processor" | "id">;
  /** Laid out over lines. */
  readonly original: string;
  readonly onClose: () => void;
}

/** The body to change, whether it still fits, and what is different. */
export function EditForm({ letter: { processor, id }, original, onClose }: EditFormProps) {
  const { t } = useTranslation(["letter", "common"]);
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const [body, setBody] = useState(original);
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const check = useEditCheck(processor, id, original, body);
  const edit = useMutation({
    mutationFn: () => editLetter(processor, id, body, why.trim()),
    onSuccess: ({ child }) => {
      notifications.show({ message: t("letter:edit.done") });
      onClose();
      navigate(`/events/${encodeURIComponent(eventIdOf(child))}`);
      return client.invalidateQueries({ queryKey: DEAD });
    },
  });
  const whyMissing = why.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!whyMissing) edit.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Textarea
          label={t("letter:edit.body")}
          data-autofocus
          autosize
          minRows={10}
          maxRows={20}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: "mono" }}
          value={body}
          onChange={({ currentTarget }) => setBody(currentTarget.value)}
        />
        <CheckResult check={check} />
        <DiffView before={original} after={body} />
        <TextInput
          label={t("common:reason")}
          description={t("common:reasonHelp")}
          required
          maxLength={500}
          value={why}
          onChange={({ currentTarget }) => setWhy(currentTarget.value)}
          error={tried && whyMissing ? t("common:confirm.reasonMissing") : undefined}
        />
        {edit.error ? <Failure error={edit.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button
            type="submit"
            loading={edit.isPending}
            disabled={check.state === "unchanged" || check.state === "no-json"}
          >
            {t("letter:edit.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
