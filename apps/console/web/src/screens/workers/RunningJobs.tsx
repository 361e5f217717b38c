import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { WorkerRecord } from "../../api/types.ts";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { useFormat } from "../../components/use-format.ts";
import { useNow } from "../../components/use-now.ts";
import { eventIdOf } from "../runs/items.ts";
import classes from "./WorkerCard.module.css";

/** A heartbeat names no more. */
const MOST = 50;

/** What a worker runs now, and for how long already. */
export function RunningJobs({ running }: Pick<WorkerRecord["about"], "running">) {
  const { t } = useTranslation("workers");
  const format = useFormat();
  const now = useNow();
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t("running")}
      </Text>
      {running.length === 0 ? (
        <Text size="sm">{t("idle")}</Text>
      ) : (
        <ul className={classes["running"]}>
          {running.map(({ processor, jobId, since }) => (
            <li key={`${processor}/${jobId}`}>
              <ProcessorBadge name={processor} />
              <Anchor
                component={Link}
                href={`/events/${encodeURIComponent(eventIdOf(jobId))}`}
                className="mono hostile-line"
              >
                {jobId}
              </Anchor>
              <span>{format.duration(Math.max(0, now - since))}</span>
            </li>
          ))}
        </ul>
      )}
      {running.length >= MOST ? (
        <Text size="xs" c="dimmed">
          {t("runningMore", { count: running.length })}
        </Text>
      ) : null}
    </div>
  );
}
