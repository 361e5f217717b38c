import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RawBody } from "../api/types.ts";
import { CopyText } from "./CopyText.tsx";
import classes from "./JsonView.module.css";

/** A raw body: laid out if it is JSON, else as it came. */
export function JsonView({ raw, label }: { readonly raw: RawBody; readonly label?: string }) {
  const { t } = useTranslation("common");
  const text = "utf8" in raw ? pretty(raw.utf8) : raw.base64;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {"utf8" in raw ? "" : t("json.notUtf8")}
        </Text>
        <CopyText text={"utf8" in raw ? raw.utf8 : raw.base64} label={t("json.copy")} />
      </Group>
      <pre className={classes["json"]} tabIndex={0} role="region" aria-label={label ?? t("json.label")}>
        {text}
      </pre>
    </Stack>
  );
}

/** Laid out over several lines; as it is if it is no JSON. Big numbers keep their digits only in the copy. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
