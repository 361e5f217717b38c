import { Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { EventSummary } from "../api/types.ts";

/** One line on an event: what happened, in words of `describe`. Names in it were chosen by strangers. */
export function EventSentence({
  event,
}: {
  readonly event: Pick<EventSummary, "sentence" | "sentenceJa" | "isTest">;
}) {
  const { t, i18n } = useTranslation("common");
  return (
    <Text component="span" inherit className="hostile-line">
      {i18n.language.startsWith("ja") ? event.sentenceJa : event.sentence}
      {event.isTest ? (
        <Badge ml={6} size="xs" variant="default" radius="sm">
          {t("event.test")}
        </Badge>
      ) : null}
    </Text>
  );
}
