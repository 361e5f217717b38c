import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EraseTarget } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { toTarget } from "./target.ts";

interface EraseFormProps {
  readonly isBusy: boolean;
  readonly onLook: (target: EraseTarget) => void;
}

/** Whose or which. */
export function EraseForm({ isBusy, onLook }: EraseFormProps) {
  const { t } = useTranslation("erase");
  const [kind, setKind] = useState<"person" | "note">("person");
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const target = toTarget(kind, text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (target) onLook(target);
  };
  return (
    <Panel>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Radio.Group
            label={t("form.what")}
            value={kind}
            onChange={(value) => setKind(value === "note" ? "note" : "person")}
          >
            <Group gap="md" mt={4}>
              <Radio value="person" label={t("form.person")} />
              <Radio value="note" label={t("form.note")} />
            </Group>
          </Radio.Group>
          <TextInput
            label={t(`form.${kind}Label`)}
            description={t(`form.${kind}Hint`)}
            required
            maxLength={400}
            autoComplete="off"
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            error={tried && target === null ? t(`form.${kind}Wrong`) : undefined}
          />
          <Group justify="flex-end" gap="sm">
            <Text size="sm" c="dimmed" role="status">
              {isBusy ? t("form.looking") : ""}
            </Text>
            <Button type="submit" loading={isBusy}>
              {t("form.plan")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
