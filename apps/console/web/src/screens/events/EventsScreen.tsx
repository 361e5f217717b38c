import { Button, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ListFailure } from "../../components/ListFailure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pager } from "../../components/Pager.tsx";
import { Pending } from "../../components/Pending.tsx";
import { useFormat } from "../../components/use-format.ts";
import { useUrlState } from "../../components/use-url-state.ts";
import { EventFilterForm } from "./EventFilterForm.tsx";
import { EventsEmpty } from "./EventsEmpty.tsx";
import { EventsTable } from "./EventsTable.tsx";
import { FreshPill } from "./FreshPill.tsx";
import { isEmpty, readFilter, writeFilter } from "./event-filter.ts";
import { useEvents } from "./queries.ts";

/** The inbox, the newest first. The filter and the place in the list are in the address. */
export default function EventsScreen() {
  const { t } = useTranslation("events");
  const format = useFormat();
  const client = useQueryClient();
  const { get, set, cursor, next, previous } = useUrlState();
  const filter = readFilter(get);
  const { data: page, error, refetch, isPlaceholderData } = useEvents(filter, cursor);
  const isFirst = cursor === undefined;
  const newest = isFirst && !isPlaceholderData ? page?.events[0] : undefined;
  return (
    <>
      <PageTitle title={t("title")} />
      <Stack gap="sm">
        <EventFilterForm
          key={JSON.stringify(filter)}
          filter={filter}
          onFilter={(changed) => set(writeFilter(changed))}
        />
        <FreshPill
          filter={filter}
          newest={newest}
          onShow={() => void client.resetQueries({ queryKey: ["events", "page"] })}
        />
        {error && page === undefined ? <ListFailure error={error} onRetry={() => void refetch()} /> : null}
        {page === undefined ? (
          error ? null : (
            <Pending lines={10} />
          )
        ) : page.events.length === 0 ? (
          <EventsEmpty isFiltered={!isEmpty(filter) || !isFirst} />
        ) : (
          <EventsTable events={page.events} />
        )}
        {page !== undefined && page.events.length === 0 && page.next !== null ? (
          <Button variant="default" size="xs" onClick={() => page.next !== null && next(page.next)}>
            {t("continueScan")}
          </Button>
        ) : null}
        {page === undefined ? null : (
          <Pager
            onPrevious={isFirst ? undefined : previous}
            onNext={page.next === null ? undefined : () => page.next !== null && next(page.next)}
            {...(isEmpty(filter) ? {} : { text: t("scanned", { scanned: format.number(page.scanned) }) })}
          />
        )}
      </Stack>
    </>
  );
}
