import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMayChange } from "../api/session.ts";
import type { RawBody } from "../api/types.ts";
import { Failure } from "./Failure.tsx";
import { JsonView } from "./JsonView.tsx";
import { Panel } from "./Panel.tsx";

interface RawPanelProps {
  readonly raw: RawBody | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly open: boolean;
  /** Asks for the body, or hides it again. */
  readonly onToggle: () => void;
}

/** A body as it is, when somebody asks: it can hold what is private. */
export function RawPanel({ raw, error, isFetching, open, onToggle }: RawPanelProps) {
  const { t } = useTranslation("events");
  const mayLook = useMayChange();
  return (
    <Panel title={t("raw.title")}>
      {mayLook ? (
        <Group gap="sm" mb={open ? "sm" : 0}>
          <Button size="xs" variant="default" loading={isFetching} aria-expanded={open} onClick={onToggle}>
            {open ? t("raw.hide") : t("raw.show")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("raw.private")}
          </Text>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t("content.readonly")}
        </Text>
      )}
      {open && error ? <Failure error={error} /> : null}
      {open && raw ? <JsonView raw={raw} label={t("raw.title")} /> : null}
    </Panel>
  );
}
