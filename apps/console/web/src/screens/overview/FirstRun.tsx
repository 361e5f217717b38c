import { List, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Panel } from "../../components/Panel.tsx";
import { Command } from "./Command.tsx";

/** What to do before the first event. */
export function FirstRun() {
  const { t } = useTranslation("overview");
  return (
    <Panel title={t("first.title")}>
      <Stack gap="xs">
        <Text size="sm">{t("first.text")}</Text>
        <List size="sm" spacing={6} type="ordered">
          <List.Item>{t("first.misskey")}</List.Item>
          <List.Item>
            {t("first.try")} <Command text="npx misskeep send note" />
          </List.Item>
        </List>
      </Stack>
    </Panel>
  );
}
