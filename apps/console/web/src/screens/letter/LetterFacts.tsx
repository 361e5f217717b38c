import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DeadLetterDetails } from "../../api/types.ts";
import { Num } from "../../components/Num.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { letterPath } from "../dead/letter-path.ts";
import classes from "../runs/Plan.module.css";

/** What is known of the job and its event besides what went wrong. */
export function LetterFacts({ letter }: { readonly letter: DeadLetterDetails }) {
  const { t } = useTranslation("letter");
  const format = useFormat();
  const { id, processor, event, attempts, replays, parent } = letter;
  return (
    <Panel title={t("facts.title")}>
      <dl className={classes["facts"]}>
        <dt>{t("facts.job")}</dt>
        <dd className="mono">{id}</dd>
        {parent === null ? null : (
          <>
            <dt>{t("facts.parent")}</dt>
            <dd>
              <Anchor component={Link} href={letterPath(processor, parent)} inherit className="mono">
                {parent}
              </Anchor>
            </dd>
          </>
        )}
        <dt>{t("facts.type")}</dt>
        <dd>{event.type ?? "–"}</dd>
        <dt>{t("facts.hook")}</dt>
        <dd>{event.hook}</dd>
        {event.host === null ? null : (
          <>
            <dt>{t("facts.host")}</dt>
            <dd>{event.host}</dd>
          </>
        )}
        <dt>{t("facts.received")}</dt>
        <dd>
          <Time at={event.receivedAt} />
        </dd>
        <dt>{t("facts.size")}</dt>
        <dd>{format.bytes(event.bytes)}</dd>
        <dt>{t("facts.attempts")}</dt>
        <dd>
          <Num value={attempts} />
        </dd>
        <dt>{t("facts.replays")}</dt>
        <dd>
          <Num value={replays} />
        </dd>
      </dl>
    </Panel>
  );
}
