import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayChange } from "../../api/session.ts";
import type { EventDetails } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { JsonView } from "../../components/JsonView.tsx";
import { Panel } from "../../components/Panel.tsx";
import { usePrivatePart } from "./queries.ts";

/** The body as it came, when somebody asks. */
export function RawPanel({ event }: { readonly event: EventDetails }) {
  const { t } = useTranslation("events");
  const mayLook = useMayChange();
  const [open, setOpen] = useState(false);
  const { data, error, isFetching } = usePrivatePart(event.id, "raw", open);
  return (
    <Panel title={t("raw.title")}>
      {mayLook ? (
        <Group gap="sm" mb={open ? "sm" : 0}>
          <Button
            size="xs"
            variant="default"
            loading={isFetching}
            aria-expanded={open}
            onClick={() => setOpen((before) => !before)}
          >
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
      {open && data?.raw ? <JsonView raw={data.raw} /> : null}
    </Panel>
  );
}
