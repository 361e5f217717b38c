import { useTranslation } from "react-i18next";
import type { EventDetails } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import classes from "./EventTimeline.module.css";
import { MomentLine } from "./MomentLine.tsx";
import { toTimeline } from "./timeline.ts";

/** Everything that happened to an event, in its order. */
export function EventTimeline({ event }: { readonly event: EventDetails }) {
  const { t } = useTranslation("events");
  return (
    <Panel title={t("timeline.title")}>
      <ol className={classes["timeline"]}>
        {toTimeline(event).map((moment) => (
          <MomentLine key={moment.key} moment={moment} />
        ))}
      </ol>
    </Panel>
  );
}
