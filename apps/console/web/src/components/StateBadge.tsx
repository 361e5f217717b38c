import classes from "./StateBadge.module.css";

export type Tone = "bad" | "warn" | "good" | "busy" | "calm";

interface StateBadgeProps {
  readonly tone: Tone;
  readonly children: string;
}

/** A state: a word, and a dot whose colour says the same. */
export function StateBadge({ tone, children }: StateBadgeProps) {
  return (
    <span className={classes["state"]} data-tone={tone}>
      {children}
    </span>
  );
}
