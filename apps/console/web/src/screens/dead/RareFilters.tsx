import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeadFilter } from "../../api/types.ts";
import { DateTimeField } from "../../components/DateTimeField.tsx";
import { FilterField } from "../../components/FilterField.tsx";

interface RareFiltersProps {
  readonly filter: DeadFilter;
  readonly set: (key: string) => (value: string | undefined) => void;
}

/** Conditions that are needed now and then. */
export function RareFilters({ filter, set }: RareFiltersProps) {
  const { t } = useTranslation("dead");
  const number = (key: "minAttempts" | "maxAttempts") => (
    <FilterField
      inputMode="numeric"
      label={t(`filter.${key}`)}
      value={filter[key] === undefined ? undefined : String(filter[key])}
      onChange={set(key)}
    />
  );
  const time = (key: "diedAfter" | "diedBefore") => (
    <DateTimeField
      label={t(`filter.${key}`)}
      value={filter[key]}
      onChange={(at) => set(key)(at === undefined ? undefined : String(at))}
    />
  );
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <FilterField
        label={t("filter.type")}
        placeholder={t("filter.typeHelp")}
        value={filter.type}
        onChange={set("type")}
      />
      <FilterField label={t("filter.hook")} value={filter.hook} onChange={set("hook")} />
      <FilterField
        label={t("filter.error")}
        placeholder={t("filter.errorHelp")}
        value={filter.error}
        onChange={set("error")}
      />
      {number("minAttempts")}
      {number("maxAttempts")}
      {time("diedAfter")}
      {time("diedBefore")}
    </SimpleGrid>
  );
}
