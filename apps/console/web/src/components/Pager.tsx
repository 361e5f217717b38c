import { Button, Group, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface PagerProps {
  /** Absent: there is nothing before, or after. */
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
  /** Such as "1–50 of 1,204". */
  readonly text?: string;
}

/** Page by page through what a cursor leads through. Nothing where all is on one page. */
export function Pager({ onPrevious, onNext, text }: PagerProps) {
  const { t } = useTranslation("common");
  if (!onPrevious && !onNext && text === undefined) return null;
  return (
    <Group justify="space-between" mt="sm" gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {text}
      </Text>
      {onPrevious || onNext ? (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconChevronLeft size={14} aria-hidden />}
            disabled={!onPrevious}
            onClick={onPrevious}
          >
            {t("previous")}
          </Button>
          <Button
            size="xs"
            variant="default"
            rightSection={<IconChevronRight size={14} aria-hidden />}
            disabled={!onNext}
            onClick={onNext}
          >
            {t("next")}
          </Button>
        </Group>
      ) : null}
    </Group>
  );
}
