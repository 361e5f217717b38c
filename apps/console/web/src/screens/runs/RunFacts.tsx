import { useTranslation } from "react-i18next";
import type { Run, RunScope } from "../../api/types.ts";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { hasEnded } from "../../api/runs.ts";
import classes from "./Plan.module.css";

/** What was decided when the run was started. */
export function RunFacts({ run }: { readonly run: Run }) {
  const { t } = useTranslation(["runs", "common"]);
  const format = useFormat();
  const { why, ratePerSecond, guard, scope, endedAt } = run;
  return (
    <dl className={classes["facts"]}>
      {why === "" ? null : (
        <>
          <dt>{t("runs:about.reason")}</dt>
          <dd>{why}</dd>
        </>
      )}
      <dt>{t("runs:about.filter")}</dt>
      <dd>
        <ScopeText scope={scope} />
      </dd>
      <dt>{t("runs:about.rate")}</dt>
      <dd>
        {ratePerSecond === null
          ? t("runs:about.rateFree")
          : t("runs:about.ratePerSecond", { number: format.rate(ratePerSecond) })}
      </dd>
      {guard === null ? null : (
        <>
          <dt>{t("runs:about.guard")}</dt>
          <dd>
            {t("runs:about.guardText", {
              first: format.number(guard.first),
              maxFailed: format.number(guard.maxFailed),
            })}
          </dd>
        </>
      )}
      {hasEnded(run) && endedAt !== null ? (
        <>
          <dt>{t("runs:about.ended")}</dt>
          <dd>
            <Time at={endedAt} />
          </dd>
        </>
      ) : null}
    </dl>
  );
}

/** Each condition as `name: value`; the processor stands above. */
function ScopeText({ scope }: { readonly scope: RunScope }) {
  const { t } = useTranslation("runs");
  const conditions = Object.entries("filter" in scope ? scope.filter : scope).filter(
    ([name, value]) => value !== undefined && name !== "processor" && name !== "kind",
  );
  if (conditions.length === 0) return t("about.noFilter");
  return conditions.map(([name, value], index) => (
    <span key={name}>
      {index === 0 ? "" : " · "}
      {name}:{" "}
      {isTime(name, value) ? <Time at={value} /> : Array.isArray(value) ? value.join(", ") : String(value)}
    </span>
  ));
}

const TIMES = new Set(["diedAfter", "diedBefore", "from", "to"]);

function isTime(name: string, value: unknown): value is number {
  return TIMES.has(name) && typeof value === "number";
}
