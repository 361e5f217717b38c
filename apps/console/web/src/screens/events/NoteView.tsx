import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NoteContent } from "../../api/types.ts";
import { OutLink } from "../../components/OutLink.tsx";
import { isWebAddress } from "../../components/web-address.ts";
import { Time } from "../../components/Time.tsx";
import { en } from "../../i18n/en/index.ts";
import { NoteFiles } from "./NoteFiles.tsx";
import classes from "./NoteView.module.css";
import { PersonLine } from "./PersonLine.tsx";

type KnownVisibility = keyof typeof en.events.content.visibility;

/** A note with what it answers above and what it quotes below. Text is text: nothing of it is drawn or linked. */
export function NoteView({ note }: { readonly note: NoteContent }) {
  const { t } = useTranslation("events");
  const { author, createdAt, url, reply, renote } = note;
  return (
    <Stack gap="xs">
      {reply === null ? null : <Quoted label={t("content.reply")} note={reply} />}
      <article className={classes["note"]}>
        <Group justify="space-between" gap="xs" align="flex-start">
          <PersonLine person={author} />
          <Group gap="xs">
            <VisibilityBadges note={note} />
            {createdAt === null ? null : (
              <Text size="xs" c="dimmed">
                <Time at={createdAt} />
              </Text>
            )}
          </Group>
        </Group>
        <NoteText note={note} />
        {renote === null ? null : <Quoted label={t("content.renote")} note={renote} />}
        {url !== null && isWebAddress(url) ? (
          <Text size="xs">
            <OutLink href={url}>{t("content.original", { host: new URL(url).host })}</OutLink>
          </Text>
        ) : null}
      </article>
    </Stack>
  );
}

function Quoted({ label, note }: { readonly label: string; readonly note: NoteContent }) {
  return (
    <div className={classes["quoted"]}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <NoteView note={note} />
    </div>
  );
}

function VisibilityBadges({ note: { visibility, localOnly } }: { readonly note: NoteContent }) {
  const { t } = useTranslation("events");
  return (
    <>
      <Badge size="sm" variant="default" radius="sm" tt="none">
        {isKnown(visibility) ? t(`content.visibility.${visibility}`) : visibility}
      </Badge>
      {localOnly ? (
        <Badge size="sm" variant="default" radius="sm" tt="none">
          {t("content.localOnly")}
        </Badge>
      ) : null}
    </>
  );
}

/** A content warning stands in front of text and files, as the author wished. */
function NoteText({ note: { text, cw, files } }: { readonly note: NoteContent }) {
  const { t } = useTranslation("events");
  const [open, setOpen] = useState(false);
  const body = (
    <>
      {text === null || text === "" ? null : (
        <Text size="sm" component="div" className="hostile" dir="auto">
          {text}
        </Text>
      )}
      {files.length === 0 ? null : <NoteFiles files={files} />}
    </>
  );
  if (cw === null) return body;
  return (
    <>
      <Text size="sm" component="div" className="hostile" dir="auto">
        <Text span inherit c="dimmed">
          {t("content.cw")}
        </Text>{" "}
        {cw}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        my={4}
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        {open ? t("content.cwHide") : t("content.cwShow")}
      </Button>
      {open ? body : null}
    </>
  );
}

function isKnown(visibility: string): visibility is KnownVisibility {
  return Object.hasOwn(en.events.content.visibility, visibility);
}
