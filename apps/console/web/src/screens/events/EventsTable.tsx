import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { EventSummary } from "../../api/types.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { EventSentence } from "../../components/EventSentence.tsx";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";

/** Events in a list, each leading to its own page. */
export function EventsTable({ events }: { readonly events: readonly EventSummary[] }) {
  const { t } = useTranslation("events");
  const format = useFormat();
  const columns: readonly Column<EventSummary>[] = [
    {
      key: "event",
      head: t("column.event"),
      plain: true,
      grow: true,
      cell: (event) => (
        <Anchor component={Link} href={`/events/${encodeURIComponent(event.id)}`} inherit>
          <EventSentence event={event} />
        </Anchor>
      ),
    },
    {
      key: "type",
      head: t("column.type"),
      cell: ({ type }) => (
        <Text span inherit className="hostile-line">
          {type ?? t("noType")}
        </Text>
      ),
    },
    { key: "hook", head: t("column.hook"), cell: ({ hook }) => hook },
    {
      key: "from",
      head: t("column.from"),
      cell: ({ host }) => (
        <Text span inherit className="hostile-line">
          {host ?? t("unknownHost")}
        </Text>
      ),
    },
    { key: "size", head: t("column.size"), align: "right", cell: ({ bytes }) => format.bytes(bytes) },
    { key: "received", head: t("column.received"), cell: ({ receivedAt }) => <Time at={receivedAt} dense /> },
  ];
  return <DataTable label={t("list")} columns={columns} rows={events} rowKey={({ id }) => id} />;
}
