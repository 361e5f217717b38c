import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ErasePlan } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";
import classes from "./Erase.module.css";
import { countOf } from "./target.ts";

/** What was found, by where it is. */
export function EraseFound({ found }: { readonly found: ErasePlan }) {
  const { t } = useTranslation("erase");
  const format = useFormat();
  const scanned = format.number(found.scanned);
  if (countOf(found) === 0 && found.waiting === 0)
    return <Text size="sm">{t("plan.nothing", { scanned })}</Text>;
  return (
    <>
      <dl className={classes["counts"]}>
        {(["inbox", "jobs", "dead", "discarded", "waiting"] as const).map((where) => (
          <div key={where}>
            <dt>{t(`plan.${where}`)}</dt>
            <dd>{format.number(found[where])}</dd>
          </div>
        ))}
      </dl>
      <Text size="sm" c="dimmed">
        {t("plan.scanned", { scanned })}
      </Text>
      {found.waiting > 0 || found.dead > 0 ? (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
          {found.dead > 0 ? <Text size="sm">{t("plan.deadHint")}</Text> : null}
          {found.waiting > 0 ? <Text size="sm">{t("plan.waitingHint")}</Text> : null}
        </Alert>
      ) : null}
    </>
  );
}
