import { Anchor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useFormat } from "../../components/use-format.ts";
import { Command } from "./Command.tsx";
import type { Problem } from "./problems.ts";
import { useReasons } from "./use-reasons.ts";
import classes from "./Verdict.module.css";

/** One thing to look at, and the link or command that helps. */
export function ProblemLine({ problem }: { readonly problem: Problem }) {
  const { text, help } = useWords(problem);
  return (
    <li>
      <Text size="sm" component="div" className={problem.level === "bad" ? (classes["bad"] ?? "") : ""}>
        {text}
      </Text>
      {help === null ? null : (
        <Text size="sm" component="div" c="dimmed" className={classes["help"] ?? ""}>
          {help}
        </Text>
      )}
    </li>
  );
}

function useWords(problem: Problem): { text: ReactNode; help: ReactNode } {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const reasons = useReasons();
  switch (problem.kind) {
    case "refused":
      return {
        text: t("problem.refused", { count: problem.count, reasons: reasons(problem.groups) }),
        help: (
          <>
            {t("problem.refusedHelp")} <Command text="npx misskeep status" />
          </>
        ),
      };
    case "no-workers":
      return {
        text: t("problem.noWorkers"),
        help: (
          <>
            {t("problem.noWorkersHelp")} <Command text="npm start" />
          </>
        ),
      };
    case "dead":
      return {
        text: [
          t("problem.dead", { count: problem.count }),
          problem.lastHour > 0 ? t("problem.deadRecent", { count: problem.lastHour }) : "",
        ].join(""),
        help: <To href="/dead">{t("problem.deadLink")}</To>,
      };
    case "workerless": {
      const { processor, waiting } = problem;
      return {
        text: t("problem.workerless", { processor, waiting: format.number(waiting) }),
        help: <To href="/workers">{t("problem.workerlessLink")}</To>,
      };
    }
    case "paused": {
      const { processor, waiting, by } = problem;
      return {
        text: t("problem.paused", { processor, by, waiting: format.number(waiting) }),
        help: <To href={`/processors#${processor}`}>{t("problem.pausedLink")}</To>,
      };
    }
    case "old": {
      const { processor, ageMs } = problem;
      return {
        text: t("problem.old", { processor, duration: format.duration(ageMs) }),
        help: <To href={`/processors#${processor}`}>{t("problem.oldLink")}</To>,
      };
    }
    case "dispatch":
      return {
        text: t("problem.dispatch", { duration: format.duration(problem.ageMs) }),
        help: (
          <>
            {t("problem.dispatchHelp")} <Command text="npx misskeep doctor" />
          </>
        ),
      };
    case "memory":
      return {
        text: t("problem.memory", { percent: format.percent(problem.share * 100) }),
        help: t("problem.memoryHelp"),
      };
    case "durability":
      return {
        text: t("problem.durability", { level: problem.durability }),
        help:
          problem.findings.length > 0 ? problem.findings.join(" ") : <Command text="npx misskeep doctor" />,
      };
    case "finding":
      return { text: problem.message, help: problem.remedy };
  }
}

function To({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Anchor component={Link} href={href} inherit underline="always">
      {children}
    </Anchor>
  );
}
