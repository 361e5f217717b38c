import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ErasePlan, EraseTarget } from "../../api/types.ts";
import { countOf, nameOf } from "./target.ts";

interface EraseConfirmProps {
  readonly target: EraseTarget;
  readonly found: ErasePlan;
  readonly isBusy: boolean;
  readonly onChange: () => void;
  readonly onConfirm: (why: string) => void;
}

/** The last question: the name has to be typed in, since nothing brings it back. */
export function EraseConfirm({ target, found, isBusy, onChange, onConfirm }: EraseConfirmProps) {
  const { t } = useTranslation(["erase", "common"]);
  const [why, setWhy] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const name = nameOf(target);
  const isRight = typed.trim() === name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isRight && why.trim() !== "") onConfirm(why.trim());
  };
  const change = (
    <Button variant="default" onClick={onChange}>
      {t("erase:confirm.change")}
    </Button>
  );
  if (countOf(found) === 0) return <Group justify="flex-end">{change}</Group>;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t("erase:confirm.why")}
          description={t("common:reasonHelp")}
          required
          maxLength={500}
          value={why}
          onChange={({ currentTarget }) => setWhy(currentTarget.value)}
          error={tried && why.trim() === "" ? t("common:confirm.reasonMissing") : undefined}
        />
        <TextInput
          label={t("erase:confirm.typed", { target: name })}
          required
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          error={tried && !isRight ? t("erase:confirm.typedWrong", { target: name }) : undefined}
        />
        <Group justify="flex-end" gap="xs">
          {change}
          <Button type="submit" color="red.9" loading={isBusy}>
            {t("erase:confirm.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
