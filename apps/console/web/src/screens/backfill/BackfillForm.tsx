import { Button, Group, NativeSelect, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Overview, RunScope } from "../../api/types.ts";
import { DateTimeField } from "../../components/DateTimeField.tsx";
import { Time } from "../../components/Time.tsx";
import { knownTypes } from "../events/known-types.ts";
import { QUARANTINE } from "../processors/quarantine.ts";
import { type BackfillDraft, findMistakes, type Mistake, toScope } from "./backfill-draft.ts";
import classes from "./Backfill.module.css";

interface BackfillFormProps {
  readonly overview: Overview;
  readonly onPlan: (scope: RunScope) => void;
  /** A plan that was made no longer fits. */
  readonly onChange: () => void;
}

const SPANS = { hour: 3_600_000, day: 24 * 3_600_000 } as const;

/** Which events, and through which processor. */
export function BackfillForm({ overview, onPlan, onChange }: BackfillFormProps) {
  const { t } = useTranslation("backfill");
  const [draft, setDraft] = useState<BackfillDraft>({
    processor: "",
    from: undefined,
    to: undefined,
    types: [],
    hook: "",
  });
  const [tried, setTried] = useState(false);
  const mistakes = findMistakes(draft);
  const change = (changes: Partial<BackfillDraft>) => {
    setDraft((before) => ({ ...before, ...changes }));
    onChange();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const scope = toScope(draft);
    if (scope) onPlan(scope);
  };
  const wrong = (mistake: Mistake, text: string) => (tried && mistakes.has(mistake) ? text : undefined);
  const names = overview.processors.filter(({ name, removed }) => name !== QUARANTINE && !removed);
  const reach = overview.inbox.oldestReceivedAt;
  const now = Date.now();
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <div className={classes["fields"]}>
          <NativeSelect
            label={t("form.processor")}
            description={t("form.processorHint")}
            required
            value={draft.processor}
            onChange={({ currentTarget }) => change({ processor: currentTarget.value })}
            data={["", ...names.map(({ name }) => name)]}
            error={wrong("processorMissing", t("form.processorMissing"))}
          />
          <TagsInput
            label={t("form.types")}
            description={t("form.typesHint")}
            data={knownTypes}
            maxTags={50}
            clearable
            value={[...draft.types]}
            onChange={(types) => change({ types })}
          />
          <TextInput
            label={t("form.hook")}
            description={t("form.hookHint")}
            maxLength={64}
            value={draft.hook}
            onChange={({ currentTarget }) => change({ hook: currentTarget.value })}
          />
        </div>
        <div className={classes["fields"]}>
          <DateTimeField
            label={t("form.from")}
            required
            value={draft.from}
            onChange={(from) => change({ from })}
            error={wrong("fromMissing", t("form.rangeMissing"))}
          />
          <DateTimeField
            label={t("form.to")}
            required
            value={draft.to}
            onChange={(to) => change({ to })}
            error={
              wrong("toMissing", t("form.rangeMissing")) ?? wrong("invalidRange", t("form.invalidRange"))
            }
          />
        </div>
        <Group gap="xs">
          {(["hour", "day"] as const).map((span) => (
            <Button
              key={span}
              size="compact-sm"
              variant="default"
              onClick={() => change({ from: now - SPANS[span], to: now })}
            >
              {t(`form.${span}`)}
            </Button>
          ))}
          {reach === null ? null : (
            <>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => change({ from: reach - (reach % 1_000), to: now })}
              >
                {t("form.all")}
              </Button>
              <Text size="sm" c="dimmed">
                {t("form.reach")} <Time at={reach} />
              </Text>
            </>
          )}
        </Group>
        <Group justify="flex-end">
          <Button type="submit">{t("form.plan")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
