import { Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Overview } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { useFormat } from "../../components/use-format.ts";
import classes from "./MemoryOwners.module.css";

/** What takes Redis' memory, the largest first. */
export function MemoryOwners({ overview: { memory } }: { readonly overview: Overview }) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const owners = memory.owners.toSorted((a, b) => b.bytes - a.bytes);
  return (
    <Panel title={t("owners")}>
      <dl className={classes["owners"]}>
        {owners.map(({ what, bytes }) => (
          <div key={what} className={classes["owner"]}>
            <dt>{t(`owner.${what}`)}</dt>
            <dd>{format.bytes(bytes)}</dd>
            <Progress value={memory.used === 0 ? 0 : (bytes / memory.used) * 100} size={4} aria-hidden />
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed" mt="xs">
        {t("ownersHint")}
      </Text>
    </Panel>
  );
}
