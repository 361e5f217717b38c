import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Erasure } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { useFormat } from "../../components/use-format.ts";

interface EraseDoneProps {
  readonly result: Erasure;
  readonly onAgain: () => void;
}

/** What is gone now, and what could not go yet. */
export function EraseDone({ result, onAgain }: EraseDoneProps) {
  const { t } = useTranslation("erase");
  const format = useFormat();
  const { inbox, jobs, dead, discarded, waiting, disk } = result;
  return (
    <Panel title={t("done.title")}>
      <Stack gap="sm">
        <Text size="sm" role="status">
          {t("done.text", {
            inbox: format.number(inbox),
            jobs: format.number(jobs),
            dead: format.number(dead),
            discarded: format.number(discarded),
          })}
        </Text>
        {disk === null ? null : (
          <Text size="sm" {...(disk === "rewriting" || disk === "off" ? { c: "dimmed" } : { fw: 600 })}>
            {t(`done.disk.${disk}`)}
          </Text>
        )}
        {waiting > 0 ? (
          <Text size="sm" fw={600}>
            {t("done.left", { count: waiting })}
          </Text>
        ) : null}
        <Group gap="sm">
          <Button variant="default" onClick={onAgain}>
            {t("done.again")}
          </Button>
          <Anchor component={Link} href="/audit" size="sm">
            {t("done.audit")}
          </Anchor>
        </Group>
      </Stack>
    </Panel>
  );
}
