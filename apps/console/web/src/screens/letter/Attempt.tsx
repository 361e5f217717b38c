import { useTranslation } from "react-i18next";
import type { RunEntry } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";
import { ErrorLines } from "../events/ErrorLines.tsx";
import { TimelineLine, type Tone } from "../events/TimelineLine.tsx";

const tones: Readonly<Record<NonNullable<RunEntry["end"]>, Tone>> = {
  handled: "good",
  ignored: "good",
  retry: "warn",
  later: "warn",
  paused: "warn",
  dead: "bad",
  "handed-back": "plain",
  crashed: "bad",
};

/** One run: when, on which worker, how long, how it ended. */
export function Attempt({ run }: { readonly run: RunEntry }) {
  const { t } = useTranslation("letter");
  const format = useFormat();
  const { attempt, worker, startedAt, endedAt, end, error } = run;
  return (
    <TimelineLine
      at={startedAt}
      tone={end === undefined ? "plain" : tones[end]}
      title={t("attempts.attempt", { number: format.number(attempt), end: t(`end.${end ?? "running"}`) })}
    >
      {t("attempts.on", { worker })}
      {endedAt === undefined
        ? ""
        : ` · ${t("attempts.took", { duration: format.duration(endedAt - startedAt) })}`}
      {error ? <ErrorLines error={error} /> : null}
    </TimelineLine>
  );
}
