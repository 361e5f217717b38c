import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconEye, IconEyeOff, IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayChange } from "../../api/session.ts";
import type { ContentShown, EventContent } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { Panel } from "../../components/Panel.tsx";
import { NoteView } from "./NoteView.tsx";
import { PersonLine } from "./PersonLine.tsx";

interface EventContentCardProps {
  readonly shown: ContentShown;
  /** Asks the server for what is hidden; called when somebody wants to see it. */
  readonly onAsk: () => void;
  readonly isAsking?: boolean;
  readonly error?: unknown;
}

/**
 * What an event says, as a person would see it in Misskey: at once if it is public. What is private is fetched only
 * when somebody asks, and can be hidden again.
 */
export function EventContentCard({ shown, onAsk, isAsking = false, error = null }: EventContentCardProps) {
  const { t } = useTranslation("events");
  const mayLook = useMayChange();
  const [folded, setFolded] = useState(false);
  const { content, contentHidden } = shown;
  const isPrivate = contentHidden || content?.isPrivate === true;
  const show = () => {
    setFolded(false);
    if (contentHidden) onAsk();
  };
  return (
    <Panel
      title={t("content.title")}
      actions={
        content?.isPrivate && !folded ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconEyeOff size={14} aria-hidden />}
            onClick={() => setFolded(true)}
          >
            {t("content.hide")}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="sm">
        {error === null || error === undefined ? null : <Failure error={error} />}
        {content !== null && !folded ? <Content content={content} /> : null}
        {content === null && (!isPrivate || !mayLook) ? (
          <Text size="sm" c="dimmed">
            {t(isPrivate ? "content.readonly" : "content.none")}
          </Text>
        ) : null}
        {isPrivate && mayLook && (content === null || folded) ? (
          <Group gap="sm">
            <Button
              size="xs"
              variant="default"
              loading={isAsking}
              leftSection={<IconEye size={14} aria-hidden />}
              onClick={show}
            >
              {t("content.show")}
            </Button>
            <Text size="sm" c="dimmed">
              {t("content.hidden")}
            </Text>
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}

function Content({ content: { isPrivate, note, people, reaction } }: { readonly content: EventContent }) {
  const { t } = useTranslation("events");
  const isNothing = note === null && people.length === 0 && reaction === null;
  return (
    <>
      {isPrivate ? (
        <Alert
          variant="light"
          color="yellow"
          p="xs"
          icon={<IconLock aria-hidden />}
          title={t("content.private")}
        />
      ) : null}
      {note === null ? null : <NoteView note={note} />}
      {reaction === null ? null : (
        <Text size="sm" className="hostile-line">
          <Text span inherit c="dimmed">
            {t("content.reaction")}
          </Text>{" "}
          <bdi>{reaction}</bdi>
        </Text>
      )}
      {people.length === 0 ? null : (
        <div>
          <Text size="sm" c="dimmed">
            {t("content.people")}
          </Text>
          {people.map((person) => (
            <PersonLine key={person.handle} person={person} />
          ))}
        </div>
      )}
      {isNothing ? (
        <Text size="sm" c="dimmed">
          {t("content.none")}
        </Text>
      ) : null}
    </>
  );
}
