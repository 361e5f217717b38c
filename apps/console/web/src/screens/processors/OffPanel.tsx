import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OffReason } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { StateBadge } from "../../components/StateBadge.tsx";

/** Processors that are part of a worker and do not run, and why. */
export function OffPanel({ off }: { readonly off: readonly OffReason[] }) {
  const { t } = useTranslation("processors");
  return (
    <Panel title={t("off")}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("offHint")}
        </Text>
        {off.map(({ name, why, partly, workers }) => (
          <div key={`${name}:${why}`}>
            <Group gap="xs">
              <ProcessorBadge name={name} />
              {partly ? <StateBadge tone="warn">{t("partly")}</StateBadge> : null}
              <Text size="sm" className="hostile-line">
                {why}
              </Text>
            </Group>
            <Text size="xs" c="dimmed">
              {t("offWorkers", { count: workers })}
            </Text>
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
