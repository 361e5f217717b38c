import { Anchor, Grid, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { toApiError } from "../../api/api-error.ts";
import { letterQuery } from "../../api/dead.ts";
import { EventSentence } from "../../components/EventSentence.tsx";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pending } from "../../components/Pending.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { eventIdOf } from "../runs/items.ts";
import { Attempts } from "./Attempts.tsx";
import { Edits } from "./Edits.tsx";
import { ErrorPanel } from "./ErrorPanel.tsx";
import { LetterActions } from "./LetterActions.tsx";
import { LetterContent } from "./LetterContent.tsx";
import { LetterFacts } from "./LetterFacts.tsx";
import { LetterGone } from "./LetterGone.tsx";
import { LetterRaw } from "./LetterRaw.tsx";
import { Steps } from "./Steps.tsx";

interface LetterScreenProps {
  readonly processor: string;
  readonly id: string;
}

/** One dead letter: what it was about, what went wrong each time, and what to do about it. */
export default function LetterScreen({ processor, id }: LetterScreenProps) {
  const { t } = useTranslation("letter");
  const { data: letter, error, refetch } = useQuery(letterQuery(processor, id));
  if (letter === undefined) {
    const isGone = error !== null && toApiError(error).code === "DEAD_LETTER_NOT_FOUND";
    return (
      <>
        <PageTitle title={t("title")} />
        {isGone ? (
          <LetterGone id={id} />
        ) : error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Pending lines={6} height={56} />
        )}
      </>
    );
  }
  return (
    <>
      <PageTitle
        title={t("title")}
        text={
          <Stack gap={4}>
            <EventSentence event={letter.event} />
            <Group gap="xs">
              <ProcessorBadge name={processor} />
              <span>
                {t("died")} <Time at={letter.diedAt} />
              </span>
              <Anchor component={Link} href={`/dead/groups/${encodeURIComponent(letter.group)}`} inherit>
                {t("group")}
              </Anchor>
              <Anchor component={Link} href={`/events/${encodeURIComponent(eventIdOf(id))}`} inherit>
                {t("event")}
              </Anchor>
            </Group>
          </Stack>
        }
        actions={<LetterActions letter={letter} />}
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
            <ErrorPanel error={letter.error} />
            <Attempts letter={letter} />
            <Steps steps={letter.steps} />
            <Edits edits={letter.edits} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="md">
            <LetterContent letter={letter} />
            <LetterFacts letter={letter} />
            <LetterRaw letter={letter} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
