import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunPlan } from "../../api/types.ts";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { PlanWarnings } from "./PlanWarnings.tsx";
import classes from "./Plan.module.css";

const SHOWN_TYPES = 8;

/** What a run would do: how many, of which types, how old, at which processor, and what speaks against it. */
export function PlanView({ plan }: { readonly plan: RunPlan }) {
  const { t } = useTranslation(["runs", "common"]);
  const format = useFormat();
  const { total, complete, byType, oldestReceivedAt, newestReceivedAt, handledElsewhere, target } = plan;
  const number = format.number(total);
  const others = byType.slice(SHOWN_TYPES).reduce((sum, { count }) => sum + count, 0);
  return (
    <Stack gap="sm">
      <Group gap="xs" align="baseline">
        <Text className={classes["total"] ?? ""} component="span">
          {complete ? number : t("runs:plan.atLeast", { number })}
        </Text>
        <Text component="span">{t(`runs:plan.what.${plan.scope.kind}`, { count: total })}</Text>
        <ProcessorBadge name={plan.processor} />
      </Group>
      {total === 0 ? null : (
        <dl className={classes["facts"]}>
          <dt>{t("runs:plan.byType")}</dt>
          <dd>
            {byType
              .slice(0, SHOWN_TYPES)
              .map(({ type, count }) => `${type ?? t("common:event.noType")} ${format.number(count)}`)
              .join(" · ")}
            {others > 0 ? ` · ${t("runs:plan.otherTypes", { number: format.number(others) })}` : ""}
          </dd>
          {oldestReceivedAt === null ? null : (
            <>
              <dt>{t("runs:plan.received")}</dt>
              <dd>
                <Time at={oldestReceivedAt} />
                {newestReceivedAt === null || newestReceivedAt === oldestReceivedAt ? null : (
                  <>
                    {" – "}
                    <Time at={newestReceivedAt} />
                  </>
                )}
              </dd>
            </>
          )}
          <dt>{t("runs:plan.target")}</dt>
          <dd>
            {t("runs:plan.workers", { count: target.workers, number: format.number(target.workers) })}
            {" · "}
            {t("runs:plan.waiting", { count: target.waiting, number: format.number(target.waiting) })}
          </dd>
          {handledElsewhere === null ? null : (
            <>
              <dt>{t("runs:plan.elsewhere")}</dt>
              <dd>
                {t("runs:plan.elsewhereOf", {
                  handled: format.number(handledElsewhere.handled),
                  sampled: format.number(handledElsewhere.sampled),
                })}
              </dd>
            </>
          )}
        </dl>
      )}
      <PlanWarnings plan={plan} />
    </Stack>
  );
}
