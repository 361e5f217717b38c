import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EventDetails } from "../../api/types.ts";
import { OutLink } from "../../components/OutLink.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import classes from "./EventFacts.module.css";

/** How it was delivered, and what Misskey says of it. */
export function EventFacts({ event }: { readonly event: EventDetails }) {
  const { t } = useTranslation("events");
  const format = useFormat();
  const { misskey, inbox, erasedAt } = event;
  const hook = inbox
    ? t("facts.hookSecret", { hook: event.hook, number: format.number(inbox.secretNumber) })
    : event.hook;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("facts.type"), event.type ?? t("noType")],
    [t("facts.received"), <Time at={event.receivedAt} />],
    ...(misskey.createdAt === null ? [] : [[t("facts.sent"), <Time at={misskey.createdAt} />] as const]),
    [t("facts.hook"), hook],
    [t("facts.from"), event.host ?? t("unknownHost")],
    ...(erasedAt === null ? [[t("facts.size"), format.bytes(event.bytes)] as const] : []),
    ...known(t("facts.client"), [inbox?.userAgent, inbox?.contentType]),
    ...(misskey.server === null
      ? []
      : [[t("facts.server"), <OutLink href={misskey.server}>{misskey.server}</OutLink>] as const]),
    ...known(t("facts.misskeyEvent"), [misskey.eventId]),
    ...known(t("facts.misskeyHook"), [misskey.hookId]),
    ...known(t("facts.owner"), [misskey.ownerId]),
    ...known(t("facts.pin"), [inbox?.pinBroken]),
    ...(inbox ? [[t("facts.duplicates"), <Duplicates duplicates={inbox.duplicates} />] as const] : []),
    [
      t("facts.inbox"),
      inbox ? t(`dispatch.${inbox.state}`) : t(erasedAt === null ? "facts.trimmed" : "facts.erased"),
    ],
  ];
  return (
    <Panel title={t("facts.title")}>
      <dl className={classes["facts"]}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function known(name: string, values: readonly (string | null | undefined)[]): (readonly [string, string])[] {
  const there = values.filter((value) => value !== null && value !== undefined && value !== "");
  return there.length === 0 ? [] : [[name, there.join(", ")]];
}

type Duplicates = NonNullable<EventDetails["inbox"]>["duplicates"];

function Duplicates({ duplicates }: { readonly duplicates: Duplicates }) {
  const { t } = useTranslation("events");
  const format = useFormat();
  if (duplicates === null) return t("facts.duplicatesUnknown");
  if (duplicates.count === 0) return t("facts.duplicatesNone");
  return (
    <>
      {format.number(duplicates.count)}
      {duplicates.last === null ? null : (
        <>
          {" ("}
          <Time at={duplicates.last} />
          {")"}
        </>
      )}
    </>
  );
}
