import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface PageTitleProps {
  readonly title: string;
  /** One line on what the page is about. */
  readonly text?: ReactNode;
  /** Buttons, on the right where there is room. */
  readonly actions?: ReactNode;
}

/** A screen's heading, which names the browser's tab too. */
export function PageTitle({ title, text, actions }: PageTitleProps) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="md">
      <title>{`${title} · Misskeep`}</title>
      <Stack gap={2} miw={0}>
        <Title order={1} className="hostile-line">
          {title}
        </Title>
        {text === undefined ? null : (
          <Text size="sm" c="dimmed" component="div" className="hostile-line">
            {text}
          </Text>
        )}
      </Stack>
      {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
