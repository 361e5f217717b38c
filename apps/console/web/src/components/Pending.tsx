import { Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface PendingProps {
  /** How many lines stand for what will come. */
  readonly lines?: number;
  readonly height?: number;
}

/** The shape of what will come. */
export function Pending({ lines = 6, height = 28 }: PendingProps) {
  const { t } = useTranslation("common");
  return (
    <Stack gap="xs" role="status" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} radius="sm" />
      ))}
    </Stack>
  );
}
