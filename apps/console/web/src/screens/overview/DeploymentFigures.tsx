import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Overview } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";
import { Figure } from "./Figure.tsx";
import { FULL } from "./problems.ts";

const NEARLY_FULL = 0.6;

/** What all of it runs on. */
export function DeploymentFigures({ overview }: { readonly overview: Overview }) {
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
          inbox.oldestReceivedAt === null
            ? t("figure.inboxEmpty")
            : format.duration(Math.max(0, overview.at - inbox.oldestReceivedAt))
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
