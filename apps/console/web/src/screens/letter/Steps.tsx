import { Badge, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Panel } from "../../components/Panel.tsx";

/** What the processor recorded as done; nothing where it records nothing. */
export function Steps({ steps }: { readonly steps: readonly string[] }) {
  const { t } = useTranslation("letter");
  if (steps.length === 0) return null;
  return (
    <Panel title={t("steps.title")}>
      <Group gap="xs">
        {steps.map((step) => (
          <Badge key={step} variant="default" radius="sm" tt="none" className="mono">
            {step}
          </Badge>
        ))}
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {t("steps.text")}
      </Text>
    </Panel>
  );
}
