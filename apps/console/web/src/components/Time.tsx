import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatExact, formatRelative, isDate } from "./format-time.ts";
import { useNow } from "./use-now.ts";

interface TimeProps {
  /** ms since 1970 */
  readonly at: number;
  /** In long lists: the exact time by pointer and for screen readers only, not another stop for the Tab key. */
  readonly dense?: boolean;
}

/** How long ago, ticking; exactly when on hover and focus. `–` for a number that is no date. */
export function Time({ at, dense = false }: TimeProps) {
  const { i18n } = useTranslation();
  const now = useNow();
  if (!isDate(at)) return "–";
  const exact = formatExact(at, i18n.language);
  const text = formatRelative(at, now, i18n.language);
  return (
    <Tooltip label={exact}>
      <time
        dateTime={new Date(at).toISOString()}
        className="nowrap"
        {...(dense ? {} : { tabIndex: 0 })}
        aria-label={`${text}, ${exact}`}
      >
        {text}
      </time>
    </Tooltip>
  );
}
