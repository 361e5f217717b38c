import { Anchor, Grid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { toApiError } from "../../api/api-error.ts";
import { Empty } from "../../components/Empty.tsx";
import { EventSentence } from "../../components/EventSentence.tsx";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pending } from "../../components/Pending.tsx";
import { DeliveryActions } from "./DeliveryActions.tsx";
import { EventContentPanel } from "./EventContentPanel.tsx";
import { EventFacts } from "./EventFacts.tsx";
import { EventRaw } from "./EventRaw.tsx";
import { EventTimeline } from "./EventTimeline.tsx";
import { JobsPanel } from "./JobsPanel.tsx";
import { eventPath, useEvent } from "./queries.ts";

/** One event: what came, what became of it, and what it says. */
export default function EventScreen({ id }: { readonly id: string }) {
  const { t } = useTranslation("events");
  const { data: event, error, refetch } = useEvent(id);
  const isGone = error !== null && toApiError(error).code === "EVENT_NOT_FOUND";
  return (
    <>
      <PageTitle
        title={t("eventTitle", { id })}
        text={event ? <EventSentence event={event} /> : undefined}
        actions={
          event?.erasedAt === null ? (
            <DeliveryActions path={eventPath(event.id)} name={event.id} />
          ) : undefined
        }
      />
      {event === undefined ? (
        isGone ? (
          <Empty title={t("notFoundTitle")}>
            {t("notFoundText")}{" "}
            <Anchor component={Link} href="/events" inherit underline="always">
              {t("back")}
            </Anchor>
          </Empty>
        ) : error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Pending lines={6} height={56} />
        )
      ) : (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <Stack gap="md">
              <EventTimeline event={event} />
              <JobsPanel event={event} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <Stack gap="md">
              {event.erasedAt === null ? (
                <EventContentPanel event={event} />
              ) : (
                <Text size="sm" c="dimmed">
                  {t("erasedAlways")}
                </Text>
              )}
              <EventFacts event={event} />
              {event.erasedAt === null ? <EventRaw event={event} /> : null}
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </>
  );
}
