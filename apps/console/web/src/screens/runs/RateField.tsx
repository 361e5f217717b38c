import { NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/use-format.ts";

interface RateFieldProps {
  readonly total: number;
  /** Jobs a second; null: as fast as workers keep up. */
  readonly value: number | null;
  readonly onChange: (rate: number | null) => void;
}

/** How many a second, and how long that takes. */
export function RateField({ total, value, onChange }: RateFieldProps) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  return (
    <NumberInput
      label={t("form.rate")}
      placeholder={t("form.rateFree")}
      description={
        value === null
          ? t("form.rateHelp")
          : t("form.takes", { duration: format.duration((total / value) * 1_000) })
      }
      min={0.1}
      max={1_000}
      step={1}
      decimalScale={1}
      value={value ?? ""}
      onChange={(next) => onChange(typeof next === "number" && next > 0 ? next : null)}
    />
  );
}
