import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayChange } from "../../api/session.ts";
import type { DeadLetterDetails } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { JsonView } from "../../components/JsonView.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useRaw } from "./use-raw.ts";

/** The body as it is run, when somebody asks. */
export function LetterRaw({ letter }: { readonly letter: DeadLetterDetails }) {
  const { t } = useTranslation("letter");
  const mayLook = useMayChange();
  const [open, setOpen] = useState(false);
  const { raw, error, isFetching } = useRaw(letter, open);
  return (
    <Panel title={t("raw.title")}>
      {mayLook ? (
        <Group gap="sm" mb={open ? "sm" : 0}>
          <Button
            size="xs"
            variant="default"
            loading={isFetching}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? t("raw.hide") : t("raw.show")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("raw.private")}
          </Text>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t("raw.readonly")}
        </Text>
      )}
      {open && error ? <Failure error={error} /> : null}
      {open && raw ? <JsonView raw={raw} label={t("raw.title")} /> : null}
    </Panel>
  );
}
