import type { ReactNode } from "react";
import { Time } from "../../components/Time.tsx";
import classes from "./EventTimeline.module.css";

export type Tone = "plain" | "good" | "warn" | "bad";

interface TimelineLineProps {
  /** null where the moment's own time is not known */
  readonly at: number | null;
  readonly title: string;
  readonly tone?: Tone;
  readonly children?: ReactNode;
}

/** A line of the timeline: what, when, and more about it. */
export function TimelineLine({ at, title, tone = "plain", children }: TimelineLineProps) {
  return (
    <li className={classes["moment"]} data-tone={tone}>
      <div className={classes["head"]}>
        <span className={classes["title"]}>{title}</span>
        {at === null ? null : (
          <span className={classes["time"]}>
            <Time at={at} />
          </span>
        )}
      </div>
      {children === undefined || children === null ? null : (
        <div className={classes["detail"]}>{children}</div>
      )}
    </li>
  );
}
