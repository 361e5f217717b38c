import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { WorkerRecord } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { StateBadge } from "../../components/StateBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { useNow } from "../../components/use-now.ts";
import { RunningJobs } from "./RunningJobs.tsx";
import classes from "./WorkerCard.module.css";

/** One replica, live or gone. */
export function WorkerCard({ worker }: { readonly worker: WorkerRecord }) {
  const { t } = useTranslation("workers");
  const { about, live, processors } = worker;
  return (
    <Panel title={`${about.host} · ${about.pid}`} actions={<State worker={worker} />}>
      <Stack gap="sm">
        <Facts worker={worker} />
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t("processors")}
          </Text>
          {processors.length === 0 ? <Text size="sm">{t("noProcessors")}</Text> : null}
          {processors.map((name) => (
            <ProcessorBadge key={name} name={name} />
          ))}
        </Group>
        {live ? <RunningJobs running={about.running} /> : null}
        {about.off.length === 0 || !live ? null : (
          <div>
            <Text size="sm" c="dimmed">
              {t("off")}
            </Text>
            {about.off.map(({ name, why }) => (
              <Text key={name} size="sm" className="hostile-line">
                {name}: {why}
              </Text>
            ))}
          </div>
        )}
      </Stack>
    </Panel>
  );
}

function State({ worker: { live, stoppedAt } }: { readonly worker: WorkerRecord }) {
  const { t } = useTranslation("workers");
  const state = live ? "live" : stoppedAt === null ? "gone" : "stopped";
  const tone = ({ live: "good", gone: "bad", stopped: "calm" } as const)[state];
  return <StateBadge tone={tone}>{t(state)}</StateBadge>;
}

function Facts({ worker }: { readonly worker: WorkerRecord }) {
  const { t } = useTranslation("workers");
  const format = useFormat();
  const now = useNow();
  const { about, live, startedAt, seenAt, stoppedAt, id } = worker;
  const end = live ? now : (stoppedAt ?? seenAt);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("version"), about.version],
    [t("id"), <span className="mono hostile-line">{id}</span>],
    [t(live ? "uptime" : "ranFor"), format.duration(Math.max(0, end - startedAt))],
    [t("memory"), about.rssBytes === null ? t("unknown") : format.bytes(about.rssBytes)],
    [t("heartbeat"), <Time at={seenAt} />],
  ];
  return (
    <>
      <dl className={classes["facts"]}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {live || stoppedAt !== null ? null : (
        <Text size="sm" className={classes["gone"] ?? ""}>
          {t("goneHint")}
        </Text>
      )}
    </>
  );
}
