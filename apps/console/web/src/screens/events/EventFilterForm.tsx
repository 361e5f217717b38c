import { Autocomplete, Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { DateTimeField } from "../../components/DateTimeField.tsx";
import { useSlash } from "../../components/use-slash.ts";
import classes from "./EventFilterForm.module.css";
import { type EventFilter, isEmpty } from "./event-filter.ts";
import { knownTypes } from "./known-types.ts";

interface EventFilterFormProps {
  readonly filter: EventFilter;
  readonly onFilter: (filter: EventFilter) => void;
}

/** Type, hook, person and time of receipt; applied by Enter or the button. */
export function EventFilterForm({ filter, onFilter }: EventFilterFormProps) {
  const { t } = useTranslation("events");
  const first = useSlash();
  const [draft, setDraft] = useState(filter);
  const change = (changes: Partial<EventFilter>) => setDraft((before) => ({ ...before, ...changes }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilter({ ...draft, person: draft.person?.trim(), hook: draft.hook?.trim(), type: draft.type?.trim() });
  };
  return (
    <form onSubmit={submit} role="search" className={classes["form"]}>
      <Autocomplete
        ref={first}
        size="sm"
        label={t("filter.type")}
        data={knownTypes}
        maxLength={128}
        value={draft.type ?? ""}
        onChange={(type) => change({ type })}
      />
      <TextInput
        size="sm"
        label={t("filter.hook")}
        maxLength={64}
        value={draft.hook ?? ""}
        onChange={({ currentTarget }) => change({ hook: currentTarget.value })}
      />
      <TextInput
        size="sm"
        label={t("filter.person")}
        placeholder={t("filter.personHint")}
        maxLength={400}
        value={draft.person ?? ""}
        onChange={({ currentTarget }) => change({ person: currentTarget.value })}
      />
      <DateTimeField label={t("filter.from")} value={draft.from} onChange={(from) => change({ from })} />
      <DateTimeField label={t("filter.to")} value={draft.to} onChange={(to) => change({ to })} />
      <Group gap="xs" className={classes["buttons"] ?? ""}>
        <Button type="submit" size="sm" variant="default">
          {t("filter.apply")}
        </Button>
        {isEmpty(filter) ? null : (
          <Button size="sm" variant="subtle" onClick={() => onFilter({})}>
            {t("filter.clear")}
          </Button>
        )}
      </Group>
    </form>
  );
}
