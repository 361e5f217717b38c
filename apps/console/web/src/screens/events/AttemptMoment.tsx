import { useTranslation } from "react-i18next";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { useNow } from "../../components/use-now.ts";
import { ErrorLines } from "./ErrorLines.tsx";
import type { Moment } from "./timeline.ts";
import { TimelineLine, type Tone } from "./TimelineLine.tsx";

const TONES = {
  handled: "good",
  ignored: "good",
  retry: "bad",
  later: "warn",
  paused: "warn",
  dead: "bad",
  "handed-back": "plain",
  crashed: "bad",
} as const satisfies Record<string, Tone>;

/** One run of one of the event's jobs. */
export function AttemptMoment({ moment }: { readonly moment: Moment & { readonly kind: "attempt" } }) {
  const { t } = useTranslation("events");
  const format = useFormat();
  const now = useNow();
  const { job, run, nextAt, at, detail } = moment;
  const { attempt, worker, startedAt, endedAt, end, error } = run;
  const took = format.duration(Math.max(0, (endedAt ?? now) - startedAt));
  const state = end === undefined ? t("timeline.runs") : t(`end.${end}`);
  const title = `${t("timeline.attempt", { processor: job.processor, number: format.number(attempt) })} – ${state}`;
  return (
    <TimelineLine at={at} title={title} tone={end === undefined ? "plain" : TONES[end]}>
      {t("timeline.attemptOf", { worker })}, {t("timeline.took", { duration: took })}
      {job.run === null
        ? null
        : `, ${job.isEdit ? t("processors.edited") : t("processors.runLink", { run: job.run })}`}
      {nextAt === null ? null : (
        <>
          , {t("timeline.next")} <Time at={nextAt} />
        </>
      )}
      {detail === null ? null : <div className="hostile">{detail}</div>}
      {error === undefined ? null : <ErrorLines error={error} />}
    </TimelineLine>
  );
}
