import { Alert, Anchor } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RunPlan } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";
import classes from "./Plan.module.css";

/** What to think of before the run is started; nothing where nothing speaks against it. */
export function PlanWarnings({ plan }: { readonly plan: RunPlan }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const { target, activeRun, alreadyThere, scope } = plan;
  const runs = scope.kind === "replay" || scope.kind === "backfill";
  const texts = [
    runs && target.workers === 0 ? t("warn.noWorker") : null,
    runs && target.paused ? t("warn.paused") : null,
    alreadyThere !== null && alreadyThere > 0
      ? t("warn.alreadyThere", { count: alreadyThere, number: format.number(alreadyThere) })
      : null,
  ].filter((text) => text !== null);
  if (texts.length === 0 && activeRun === null) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
      <ul className={classes["warnings"]}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {activeRun === null ? null : (
          <li>
            {t("warn.active")}{" "}
            <Anchor component={Link} href={`/runs/${encodeURIComponent(activeRun)}`} inherit>
              {t("warn.activeLink")}
            </Anchor>
          </li>
        )}
      </ul>
    </Alert>
  );
}
