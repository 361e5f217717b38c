import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeadLetterDetails } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { useFormat } from "../../components/use-format.ts";
import classes from "../events/EventTimeline.module.css";
import { Attempt } from "./Attempt.tsx";

/** As many runs as are kept with a job. */
const KEPT = 20;

/** Every run that is still known, the oldest first. */
export function Attempts({ letter }: { readonly letter: Pick<DeadLetterDetails, "history" | "attempts"> }) {
  const { t } = useTranslation("letter");
  const format = useFormat();
  const { history, attempts } = letter;
  return (
    <Panel title={t("attempts.title")}>
      {history.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("attempts.none")}
        </Text>
      ) : (
        <ol className={classes["timeline"]} aria-label={t("attempts.label")}>
          {history.map((run) => (
            <Attempt key={run.startedAt} run={run} />
          ))}
        </ol>
      )}
      {attempts > KEPT ? (
        <Text size="xs" c="dimmed">
          {t("attempts.kept", { number: format.number(KEPT) })}
        </Text>
      ) : null}
    </Panel>
  );
}
