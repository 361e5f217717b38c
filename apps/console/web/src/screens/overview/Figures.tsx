import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Overview } from "../../api/types.ts";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { Figure } from "./Figure.tsx";
import classes from "./Figures.module.css";

/** From here on ingest takes no more events. */
const FULL = 0.8;
const NEARLY_FULL = 0.6;

/** What one looks at first. */
export function Figures({ overview }: { readonly overview: Overview }) {
  return (
    <dl className={classes["figures"]}>
      <Rates overview={overview} />
      <Latency latency={overview.latency} />
      <Waiting overview={overview} />
      <Dead dead={overview.dead} />
      <Deployment overview={overview} />
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

function Deployment({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const { workers, redis, inbox, runs } = overview;
  const share = redis.maxMemory === 0 ? null : redis.usedMemory / redis.maxMemory;
  return (
    <>
      <Figure
        label={t("figure.replicas")}
        value={
          <Anchor component={Link} href="/workers" inherit>
            {format.number(workers.live)}
          </Anchor>
        }
        hint={
          workers.live + workers.silent === 0
            ? t("figure.replicasNone")
            : t("figure.replicasHint", { count: workers.silent })
        }
        tone={workers.live === 0 ? "bad" : undefined}
      />
      <Figure
        label={t("figure.durability")}
        value={redis.level}
        hint={t(`figure.durabilityHint.${redis.level}`)}
        tone={redis.level === "disk" ? undefined : "warn"}
      />
      <Figure
        label={t("figure.inbox")}
        value={
          inbox.oldestReceivedAt === null ? t("figure.inboxEmpty") : <Time at={inbox.oldestReceivedAt} />
        }
        hint={t("figure.inboxHint", {
          entries: format.number(inbox.entries),
          bytes: format.bytes(inbox.bytes),
        })}
      />
      <Figure
        label={t("figure.memory")}
        value={format.bytes(redis.usedMemory)}
        hint={
          share === null
            ? t("figure.memoryUnlimited")
            : t("figure.memoryOf", {
                max: format.bytes(redis.maxMemory),
                percent: format.percent(share * 100),
              })
        }
        tone={share === null || share <= NEARLY_FULL ? undefined : share > FULL ? "bad" : "warn"}
      />
      <Figure
        label={t("figure.runs")}
        value={
          <Anchor component={Link} href="/runs" inherit>
            {format.number(runs)}
          </Anchor>
        }
        {...(runs === 0 ? { hint: t("figure.runsNone") } : {})}
      />
    </>
  );
}
