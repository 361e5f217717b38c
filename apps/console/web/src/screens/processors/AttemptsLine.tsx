import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProcessorRules } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";
import { layAttempts, marksWithin, placeOnLine } from "./attempts.ts";
import classes from "./ProcessorCard.module.css";

/** So many moments are said; the line shows all. */
const SAID = 6;

/** When a job that always fails is tried again, on a logarithmic line. */
export function AttemptsLine({ rules }: { readonly rules: ProcessorRules }) {
  const { t } = useTranslation("processors");
  const format = useFormat();
  const { at, overMs, cutByAge } = layAttempts(rules);
  const label = t("retry.label", { count: rules.attempts, duration: format.duration(overMs) });
  const times = at
    .slice(1, SAID + 1)
    .map((ms) => format.duration(ms))
    .join(", ");
  const place = (ms: number) => `${placeOnLine(ms, overMs) * 100}%`;
  return (
    <div>
      <Text size="sm" component="div">
        <Text span inherit c="dimmed">
          {t("retry.title")}
        </Text>{" "}
        {label}
      </Text>
      {at.length < 2 ? null : (
        <div className={classes["lineBox"]}>
          <svg
            className={classes["line"]}
            role="img"
            aria-label={t("retry.figure", { times: at.length > SAID + 1 ? `${times}, …` : times })}
          >
            <line x1="0" x2="100%" y1="12" y2="12" className={classes["axis"]} />
            {[...marksWithin(overMs), overMs].map((ms) => (
              <g key={ms}>
                <line x1={place(ms)} x2={place(ms)} y1="6" y2="24" className={classes["tick"]} />
                <text x={place(ms)} y="36" textAnchor="middle" className={classes["label"]}>
                  {format.duration(ms)}
                </text>
              </g>
            ))}
            {at.map((ms) => (
              <circle key={ms} cx={place(ms)} cy="12" r="4" className={classes["attempt"]} />
            ))}
          </svg>
        </div>
      )}
      {cutByAge ? (
        <Text size="xs" c="dimmed">
          {t("retry.maxAge", { duration: format.duration(rules.maxAgeMs) })}
        </Text>
      ) : null}
    </div>
  );
}
