import type { ReactNode } from "react";
import classes from "./Figures.module.css";

interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
  readonly tone?: "bad" | "warn" | undefined;
}

/** One number with its name, within a `<dl>`. */
export function Figure({ label, value, hint, tone }: FigureProps) {
  return (
    <div className={classes["figure"]}>
      <dt>{label}</dt>
      <dd className={classes["value"]} data-tone={tone}>
        {value}
      </dd>
      {hint === undefined ? null : <dd className={classes["hint"]}>{hint}</dd>}
    </div>
  );
}
