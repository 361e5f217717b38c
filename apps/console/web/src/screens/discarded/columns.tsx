import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DiscardedLetter } from "../../api/types.ts";
import type { Column } from "../../components/DataTable.tsx";
import { EventSentence } from "../../components/EventSentence.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { eventIdOf } from "../runs/items.ts";
import { RecoverButton } from "./RecoverButton.tsx";

export function useDiscardedColumns(mayChange: boolean): readonly Column<DiscardedLetter>[] {
  const { t } = useTranslation("discarded");
  return [
    {
      key: "event",
      head: t("event"),
      grow: true,
      plain: true,
      cell: ({ id, event, processor }) => (
        <>
          <Anchor component={Link} href={`/events/${encodeURIComponent(eventIdOf(id))}`} inherit fw={500}>
            <EventSentence event={event} />
          </Anchor>
          <div>
            <ProcessorBadge name={processor} />
          </div>
        </>
      ),
    },
    {
      key: "error",
      head: t("error"),
      cell: ({ error }) => (
        <Text size="sm" className="hostile-line" lineClamp={2}>
          {error.name}: {error.message}
        </Text>
      ),
    },
    {
      key: "by",
      head: t("by"),
      cell: ({ discarded: { by, why, at } }) => (
        <div className="hostile-line">
          {by} · <Time dense at={at} />
          <Text size="xs" c="dimmed">
            {why}
          </Text>
        </div>
      ),
    },
    { key: "until", head: t("until"), cell: ({ discarded: { until } }) => <Time dense at={until} /> },
    ...(mayChange
      ? [
          {
            key: "recover",
            head: t("recover"),
            plain: true,
            cell: (letter: DiscardedLetter) => <RecoverButton letter={letter} />,
          },
        ]
      : []),
  ];
}
