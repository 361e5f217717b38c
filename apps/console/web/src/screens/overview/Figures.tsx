import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Overview } from "../../api/types.ts";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { DeploymentFigures } from "./DeploymentFigures.tsx";
import { Figure } from "./Figure.tsx";
import classes from "./Figures.module.css";

/** What one looks at first. */
export function Figures({ overview }: { readonly overview: Overview }) {
  return (
    <dl className={classes["figures"]}>
      <Rates overview={overview} />
      <Latency latency={overview.latency} />
      <Waiting overview={overview} />
      <Dead dead={overview.dead} />
      <DeploymentFigures overview={overview} />
    </dl>
  );
}

function Rates({ overview: { rates, inbox, refusals } }: { readonly overview: Overview }) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const totals = { accepted: inbox.accepted, duplicates: inbox.duplicates, refused: refusals.total };
  return (["accepted", "duplicates", "refused"] as const).map((name) => (
    <Figure
      key={name}
      label={t(`figure.${name}`)}
      value={rates === null ? "–" : format.rate(rates[name])}
      hint={
        <>
          {t("figure.lastMinute")}
          <br />
          {t("figure.ever", { count: totals[name] })}
        </>
      }
      tone={name === "refused" && (rates?.refused ?? 0) > 0 ? "bad" : undefined}
    />
  ));
}

function Latency({ latency }: Pick<Overview, "latency">) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  if (latency === null)
    return <Figure label={t("figure.latency")} value="–" hint={t("figure.latencyNone")} />;
  const { p50, p95, p99, count } = latency;
  return (
    <Figure
      label={t("figure.latency")}
      value={format.duration(p50)}
      hint={
        <>
          {t("figure.latencyParts", { p95: format.duration(p95), p99: format.duration(p99) })}
          <br />
          {t("figure.latencyHint", { count })}
        </>
      }
    />
  );
}

function Waiting({ overview: { inbox, processors } }: { readonly overview: Overview }) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const waiting = processors.reduce((sum, each) => sum + each.waiting, inbox.waiting);
  const ages = [inbox.oldestWaitingAt, ...processors.map((each) => each.oldestWaitingAt)];
  const oldest = ages.reduce(
    (least, at) => (at === null || (least !== null && least < at) ? least : at),
    null,
  );
  return (
    <Figure
      label={t("figure.waiting")}
      value={format.number(waiting)}
      hint={
        oldest === null ? (
          t("figure.nothingWaits")
        ) : (
          <>
            {t("figure.oldest")} <Time at={oldest} />
          </>
        )
      }
    />
  );
}

function Dead({ dead: { total, lastHour, hourBefore } }: Pick<Overview, "dead">) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const trend = lastHour === hourBefore ? "deadSame" : lastHour > hourBefore ? "deadMore" : "deadLess";
  return (
    <Figure
      label={t("figure.dead")}
      value={
        <Anchor component={Link} href="/dead" inherit>
          {format.number(total)}
        </Anchor>
      }
      hint={
        <>
          {t("figure.deadLastHour", { count: lastHour })}
          {lastHour === 0 && hourBefore === 0 ? null : (
            <>
              <br />
              {t(`figure.${trend}`, { before: format.number(hourBefore) })}
            </>
          )}
        </>
      }
      tone={lastHour > hourBefore ? "bad" : undefined}
    />
  );
}
