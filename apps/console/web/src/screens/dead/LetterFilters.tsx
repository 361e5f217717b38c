import { Button, Collapse, Group, NativeSelect, SimpleGrid, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { FilterField } from "../../components/FilterField.tsx";
import { ProcessorSelect } from "../../components/ProcessorSelect.tsx";
import { useSlash } from "../../components/use-slash.ts";
import { useUrlState } from "../../components/use-url-state.ts";
import { countConditions, readFilter, readSort, SORTS } from "./filter-url.ts";
import { RareFilters } from "./RareFilters.tsx";

/** The conditions of the list; all of them live in the address. */
export function LetterFilters({ withProcessor }: { readonly withProcessor: boolean }) {
  const { t } = useTranslation(["dead", "common"]);
  const url = useUrlState();
  const first = useSlash();
  const filter = readFilter(url.get);
  const set = (key: string) => (value: string | undefined) => url.set({ [key]: value }, { replace: true });
  const rare = countConditions({ ...filter, processor: undefined, text: undefined, person: undefined });
  const [opened, { toggle }] = useDisclosure(rare > 0);
  return (
    <Stack gap="sm" mb="md" role="search" aria-label={t("dead:filter.label")}>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <FilterField
          ref={first}
          label={t("dead:filter.text")}
          placeholder={t("dead:filter.textHelp")}
          value={filter.text}
          onChange={set("text")}
        />
        <FilterField
          label={t("dead:filter.person")}
          placeholder={t("dead:filter.personHelp")}
          value={filter.person}
          onChange={set("person")}
        />
        {withProcessor ? (
          <ProcessorSelect withDead value={filter.processor} onChange={set("processor")} />
        ) : null}
        <NativeSelect
          size="sm"
          label={t("dead:filter.sort")}
          value={readSort(url.get)}
          onChange={({ currentTarget }) =>
            set("sort")(currentTarget.value === "newest" ? undefined : currentTarget.value)
          }
          data={SORTS.map((value) => ({ value, label: t(`dead:filter.${value}`) }))}
        />
      </SimpleGrid>
      <Collapse expanded={opened}>
        <RareFilters filter={filter} set={set} />
      </Collapse>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={toggle} aria-expanded={opened}>
          {t("dead:filter.more")}
          {rare > 0 ? ` (${rare})` : ""}
        </Button>
        {countConditions(filter) > 0 ? (
          <Button size="compact-sm" variant="subtle" onClick={url.clear}>
            {t("common:clearFilters")}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
