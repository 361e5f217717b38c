import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { overviewQuery } from "../../api/overview.ts";

interface ListChangedProps {
  /** How many dead letters there were when the list was read, of the processor or of all. */
  readonly total: number;
  readonly processor: string | undefined;
  readonly onRefresh: () => void;
}

/** Says that letters died or left since; a list that moved by itself would be of no use to whoever selects in it. */
export function ListChanged({ total, processor, onRefresh }: ListChangedProps) {
  const { t } = useTranslation("dead");
  const { data } = useQuery(overviewQuery);
  const now = data?.processors
    .filter(({ name }) => processor === undefined || name === processor)
    .reduce((sum, { dead }) => sum + dead, 0);
  return (
    <div role="status">
      {now === undefined || now === total ? null : (
        <Group gap="xs" mb="sm">
          <Text size="sm" c="dimmed">
            {t("list.changed")}
          </Text>
          <Button size="compact-xs" variant="default" onClick={onRefresh}>
            {t("list.refresh")}
          </Button>
        </Group>
      )}
    </div>
  );
}
