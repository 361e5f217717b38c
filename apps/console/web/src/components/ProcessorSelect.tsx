import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { overviewQuery } from "../api/overview.ts";
import { useFormat } from "./use-format.ts";

interface ProcessorSelectProps {
  /** undefined: all of them. */
  readonly value: string | undefined;
  readonly onChange: (name: string | undefined) => void;
  /** Shows how many dead letters each has. */
  readonly withDead?: boolean;
}

/** One processor or all. */
export function ProcessorSelect({ value, onChange, withDead = false }: ProcessorSelectProps) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const { data } = useQuery(overviewQuery);
  const known = data?.processors ?? [];
  const options = known.map(({ name, dead }) => ({
    value: name,
    label: withDead && dead > 0 ? t("withCount", { name, number: format.number(dead) }) : name,
  }));
  // One that is gone meanwhile still stands in somebody's address.
  if (value !== undefined && !known.some(({ name }) => name === value)) options.push({ value, label: value });
  return (
    <NativeSelect
      size="sm"
      label={t("processor")}
      value={value ?? ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? undefined : currentTarget.value)}
      data={[{ value: "", label: t("allProcessors") }, ...options]}
    />
  );
}
