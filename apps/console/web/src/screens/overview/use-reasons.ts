import { useTranslation } from "react-i18next";
import type { RefusalGroup } from "../../api/types.ts";
import { en } from "../../i18n/en/index.ts";
import { useFormat } from "../../components/use-format.ts";

/** So many groups are named; the others are counted with them all the same. */
const NAMED = 3;

type KnownReason = keyof typeof en.overview.reason;

/** Says why deliveries were refused, and from where. What a sender claims to be is its own word. */
export function useReasons(): (groups: readonly RefusalGroup[]) => string {
  const { t } = useTranslation("overview");
  const format = useFormat();
  return (groups) =>
    groups
      .slice(0, NAMED)
      .map(({ reason, host, count }) =>
        t("reasonFrom", {
          reason: isKnown(reason) ? t(`reason.${reason}`) : reason,
          host: host ?? t("unknownHost"),
          times: format.number(count),
        }),
      )
      .join(", ");
}

function isKnown(reason: string): reason is KnownReason {
  return Object.hasOwn(en.overview.reason, reason);
}
