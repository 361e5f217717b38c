import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { EventSummary } from "../../api/types.ts";
import type { EventFilter } from "./event-filter.ts";
import { useFresh } from "./queries.ts";

interface FreshPillProps {
  readonly filter: EventFilter;
  /** The first of the list, where the list begins with the newest. */
  readonly newest: EventSummary | undefined;
  readonly onShow: () => void;
}

/** Says that more events came, and shows them when somebody wants to. */
export function FreshPill({ filter, newest, onShow }: FreshPillProps) {
  const { t } = useTranslation("events");
  const { count, isMore } = useFresh(filter, newest);
  return (
    <div role="status">
      {count === 0 ? null : (
        <Button
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowUp size={14} aria-hidden />}
          onClick={onShow}
        >
          {t(isMore ? "freshMore" : "fresh", { count })}
        </Button>
      )}
    </div>
  );
}
