import { Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Overview } from "../../api/types.ts";
import { Time } from "../../components/Time.tsx";
import { ProblemLine } from "./ProblemLine.tsx";
import type { Problem } from "./problems.ts";
import classes from "./Verdict.module.css";

interface VerdictProps {
  readonly overview: Overview;
  readonly problems: readonly Problem[];
}

/** Well, or what to look at. Told to screen readers when it changes, not at each figure. */
export function Verdict({ overview, problems }: VerdictProps) {
  const { t } = useTranslation("overview");
  const isWell = problems.length === 0;
  const tone = isWell ? "good" : problems.some(({ level }) => level === "bad") ? "bad" : "warn";
  const Icon = isWell ? IconCircleCheck : IconAlertTriangle;
  return (
    <section className={classes["verdict"]} data-tone={tone}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon className={classes["icon"] ?? ""} size={26} aria-hidden />
        <Stack gap={6} flex={1} miw={0}>
          <Group justify="space-between" gap="xs">
            <div role="status">
              <Title order={2}>{isWell ? t("well") : t("look", { count: problems.length })}</Title>
            </div>
            <Text size="xs" c="dimmed">
              {t("asOf")} <Time at={overview.at} />
            </Text>
          </Group>
          {isWell ? (
            <Text size="sm" c="dimmed">
              {t("wellHint")}
            </Text>
          ) : (
            <ul className={classes["list"]}>
              {problems.map((problem, i) => (
                // They have no other name, and carry no state.
                <ProblemLine key={`${problem.kind}:${i}`} problem={problem} />
              ))}
            </ul>
          )}
        </Stack>
      </Group>
    </section>
  );
}
