import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Panel } from "./Panel.tsx";

interface EmptyProps {
  readonly title: string;
  /** What to do next, or why that is fine. */
  readonly children?: ReactNode;
}

/** Instead of a list without anything in it. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <Panel>
      <Stack gap={4} py="lg" align="center" ta="center">
        <Title order={2}>{title}</Title>
        <Text component="div" size="sm" c="dimmed" maw={560}>
          {children}
        </Text>
      </Stack>
    </Panel>
  );
}
