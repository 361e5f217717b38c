import { Group, NumberInput, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunGuard } from "../../api/types.ts";
import { trialOf } from "./run-draft.ts";

interface GuardFieldsProps {
  readonly total: number;
  readonly value: RunGuard | null;
  readonly onChange: (guard: RunGuard | null) => void;
}

/** "Try the first ones, and stop if too many of them fail." */
export function GuardFields({ total, value, onChange }: GuardFieldsProps) {
  const { t } = useTranslation("runs");
  return (
    <Stack gap="xs">
      <Switch
        label={t("form.guard")}
        description={t("form.guardHelp")}
        checked={value !== null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? trialOf(total) : null)}
      />
      {value === null ? null : (
        <Group gap="sm" grow>
          <NumberInput
            label={t("form.first")}
            min={1}
            max={Math.max(1, total)}
            allowDecimal={false}
            value={value.first}
            onChange={(first) => onChange({ ...value, first: Math.max(1, Number(first) || 1) })}
          />
          <NumberInput
            label={t("form.maxFailed")}
            min={0}
            max={100}
            suffix=" %"
            allowDecimal={false}
            value={value.maxFailed}
            onChange={(maxFailed) =>
              onChange({ ...value, maxFailed: typeof maxFailed === "number" ? maxFailed : value.maxFailed })
            }
          />
        </Group>
      )}
    </Stack>
  );
}
