import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeadGroup, DeadGroupState } from "../../api/types.ts";
import { StateBadge, type Tone } from "../../components/StateBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useNow } from "../../components/use-now.ts";

const tones: Readonly<Record<DeadGroupState, Tone>> = { open: "warn", reopened: "bad", resolved: "good" };

/** Open, resolved or back again; and until when alerts are off. */
export function GroupState({ group }: { readonly group: Pick<DeadGroup, "state" | "mutedUntil"> }) {
  const { t } = useTranslation("dead");
  const now = useNow();
  const { state, mutedUntil } = group;
  return (
    <Group gap="xs">
      <StateBadge tone={tones[state]}>{t(`states.${state}`)}</StateBadge>
      {mutedUntil !== null && mutedUntil > now ? (
        <Text size="xs" c="dimmed">
          {t("mutedUntil")} <Time at={mutedUntil} />
        </Text>
      ) : null}
    </Group>
  );
}
