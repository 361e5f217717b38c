import { Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Run } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";
import { useNow } from "../../components/use-now.ts";
import { hasEnded } from "../../api/runs.ts";
import { msLeft } from "./ms-left.ts";

interface RunProgressProps {
  readonly run: Run;
  readonly size?: "sm" | "lg";
}

/** How far a run is, and how long it will take or took. */
export function RunProgress({ run, size = "sm" }: RunProgressProps) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const now = useNow();
  const { done, total, endedAt, createdAt } = run;
  const percent = total === 0 ? 100 : Math.min(100, (done / total) * 100);
  const left = msLeft(run, now);
  const text = t("progress.of", { done: format.number(done), total: format.number(total) });
  return (
    <div>
      <Progress.Root size={size}>
        <Progress.Section
          value={percent}
          animated={run.state === "running"}
          aria-label={t("progress.label")}
          aria-valuetext={text}
        />
      </Progress.Root>
      <Text size={size === "lg" ? "sm" : "xs"} c="dimmed" mt={2}>
        {text}
        {left === null ? "" : ` · ${t("progress.left", { duration: format.duration(left) })}`}
        {hasEnded(run) && endedAt !== null
          ? ` · ${t("progress.took", { duration: format.duration(endedAt - createdAt) })}`
          : ""}
      </Text>
    </div>
  );
}
