import { useDebouncedValue } from "@mantine/hooks";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DiffView.module.css";
import { diffOf } from "./diff-of.ts";

interface DiffViewProps {
  readonly before: string;
  readonly after: string;
}

const signs = { added: "+", removed: "−", same: " " } as const;

/** What is different, line by line, with a little of what is around it. */
export function DiffView({ before, after }: DiffViewProps) {
  const { t } = useTranslation("letter");
  const [settled] = useDebouncedValue(after, 200);
  const lines = useMemo(() => diffOf(before, settled), [before, settled]);
  if (lines.length === 0) return null;
  return (
    <section aria-label={t("edit.diff")} className={classes["diff"]} tabIndex={0}>
      {lines.map((line) =>
        line.kind === "skipped" ? (
          <div key={line.key} className={classes["skipped"]}>
            {t("edit.skipped", { count: line.count })}
          </div>
        ) : (
          <div key={line.key} data-kind={line.kind} className={classes["line"]}>
            <span aria-hidden>{signs[line.kind]}</span>
            {line.kind === "same" ? null : (
              <span className="visually-hidden">{t(`edit.${line.kind}`)}: </span>
            )}
            <code>{line.text}</code>
          </div>
        ),
      )}
    </section>
  );
}
