import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ProcessorStatus } from "../../api/types.ts";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import type { en } from "../../i18n/en/index.ts";
import classes from "./ProcessorCard.module.css";

type Name = keyof typeof en.processors.figures;

/** How one processor is doing, in a row of numbers. */
export function ProcessorFigures({ processor }: { readonly processor: ProcessorStatus }) {
  const { t } = useTranslation("processors");
  const format = useFormat();
  const {
    name,
    perMinute,
    failedPerMinute,
    p95Ms,
    waiting,
    oldestWaitingAt,
    active,
    delayed,
    dead,
    workers,
  } = processor;
  const rate = (value: number | null) => (value === null ? "–" : format.rate(value));
  const figures: readonly (readonly [name: Name, value: ReactNode, isBad?: boolean])[] = [
    ["perMinute", rate(perMinute)],
    ["failedPerMinute", rate(failedPerMinute), (failedPerMinute ?? 0) > 0],
    ["p95", p95Ms === null ? "–" : format.duration(p95Ms)],
    ["waiting", format.number(waiting)],
    ["oldest", oldestWaitingAt === null ? "–" : <Time at={oldestWaitingAt} />],
    ["active", format.number(active)],
    ["delayed", format.number(delayed)],
    [
      "dead",
      dead === 0 ? (
        "0"
      ) : (
        <Anchor component={Link} href={`/dead?processor=${encodeURIComponent(name)}`} inherit>
          {format.number(dead)}
        </Anchor>
      ),
    ],
    ["workers", format.number(workers)],
  ];
  return (
    <dl className={classes["figures"]}>
      {figures.map(([figure, value, isBad]) => (
        <div key={figure}>
          <dt>{t(`figures.${figure}`)}</dt>
          <dd data-tone={isBad ? "bad" : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
