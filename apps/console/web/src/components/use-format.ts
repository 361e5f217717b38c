import { useTranslation } from "react-i18next";

const BYTES = ["B", "kB", "MB", "GB", "TB"];

/** Numbers, bytes and durations in the reader's language. */
export function useFormat() {
  const { t, i18n } = useTranslation("common");
  const number = (value: number, digits = 0) =>
    value.toLocaleString(i18n.language, { maximumFractionDigits: digits });
  return {
    number,
    /** `2.9K`: where there is little room. */
    compact: (value: number) =>
      value.toLocaleString(i18n.language, { notation: "compact", maximumFractionDigits: 1 }),
    /** `0.4`, `12`: three figures at most. */
    rate: (value: number) => number(value, value >= 100 ? 0 : value >= 10 ? 1 : 2),
    percent: (value: number) => t("percent", { value: number(value, value < 10 ? 1 : 0) }),
    bytes: (value: number) => {
      const power = value < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log10(value) / 3));
      const scaled = value / 1000 ** power;
      return `${number(scaled, scaled < 10 && power > 0 ? 1 : 0)} ${BYTES[power] ?? "B"}`;
    },
    /** From ms; one unit, rounded. */
    duration: (ms: number) => {
      if (ms < 1_000) return t("duration.ms", { value: number(ms) });
      if (ms < 90_000) return t("duration.s", { value: number(ms / 1_000, ms < 10_000 ? 1 : 0) });
      if (ms < 5_400_000) return t("duration.min", { value: number(ms / 60_000) });
      if (ms < 129_600_000) return t("duration.h", { value: number(ms / 3_600_000, 1) });
      return t("duration.d", { value: number(ms / 86_400_000, 1) });
    },
  };
}
