import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/use-format.ts";
import { AttemptMoment } from "./AttemptMoment.tsx";
import type { Moment } from "./timeline.ts";
import { TimelineLine, type Tone } from "./TimelineLine.tsx";

/** One thing that happened. */
export function MomentLine({ moment }: { readonly moment: Moment }) {
  const { t } = useTranslation("events");
  const format = useFormat();
  const { at } = moment;
  switch (moment.kind) {
    case "received": {
      const { hook, secretNumber, bytes } = moment;
      const words = { hook, bytes: format.bytes(bytes) };
      return (
        <TimelineLine at={at} title={t("timeline.received")}>
          {secretNumber === null
            ? t("timeline.receivedPlain", words)
            : t("timeline.receivedBy", { ...words, number: format.number(secretNumber) })}
        </TimelineLine>
      );
    }
    case "duplicates":
      return <TimelineLine at={at} title={t("timeline.duplicates", { count: moment.count })} />;
    case "erased":
      return <TimelineLine at={at} title={t("timeline.erased")} />;
    case "dispatch": {
      const { state, to } = moment;
      if (state !== "dispatched") return <TimelineLine at={at} tone="warn" title={t(`timeline.${state}`)} />;
      return (
        <TimelineLine at={null} title={t("timeline.dispatched")}>
          {to.length === 0
            ? t("timeline.dispatchedNobody")
            : t("timeline.dispatchedTo", { processors: to.join(", ") })}
        </TimelineLine>
      );
    }
    case "attempt":
      return <AttemptMoment moment={moment} />;
    case "replayed":
      return (
        <TimelineLine
          at={null}
          title={t("timeline.replayedBySomebody", { processor: moment.job.processor })}
        />
      );
    case "discarded": {
      const { job, by, why } = moment;
      return (
        <TimelineLine
          at={at}
          title={t("timeline.ended", { processor: job.processor, state: t("state.discarded") })}
        >
          {t("processors.discarded", { by, why })}
        </TimelineLine>
      );
    }
    case "ended": {
      const { job, state, detail } = moment;
      return (
        <TimelineLine
          at={at}
          tone={TONES[state] ?? "plain"}
          title={t("timeline.ended", { processor: job.processor, state: t(`state.${state}`) })}
        >
          {detail}
        </TimelineLine>
      );
    }
  }
}

const TONES: Readonly<Record<string, Tone>> = { handled: "good", ignored: "good", dead: "bad" };
