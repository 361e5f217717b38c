import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/use-format.ts";
import type { useLetters } from "./use-letters.ts";

type SearchProgressProps = Pick<ReturnType<typeof useLetters>, "search" | "total"> & {
  readonly found: number;
};

/** How many letters a search looked through, and the way to stop it or to go on. */
export function SearchProgress({ search, total, found }: SearchProgressProps) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const numbers = {
    scanned: format.number(search.scanned),
    total: format.number(total),
    found: format.number(found),
  };
  return (
    <Stack gap={4} mb="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" role="status">
          {search.isUnfinished ? t("search.progress", numbers) : t("search.done", numbers)}
        </Text>
        {search.isUnfinished ? (
          <Button size="compact-xs" variant="default" onClick={search.isRunning ? search.stop : search.goOn}>
            {search.isRunning ? t("search.stop") : t("search.continue")}
          </Button>
        ) : null}
      </Group>
      {search.isUnfinished ? (
        <Progress
          size="xs"
          aria-label={t("search.label")}
          value={total === 0 ? 100 : Math.min(100, (search.scanned / total) * 100)}
        />
      ) : null}
    </Stack>
  );
}
