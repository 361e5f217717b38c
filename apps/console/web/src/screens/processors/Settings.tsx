import { Code, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProcessorSetting } from "../../api/types.ts";
import classes from "./ProcessorCard.module.css";

/** What a processor is set to. Secrets come masked. */
export function Settings({ settings }: { readonly settings: readonly ProcessorSetting[] }) {
  const { t } = useTranslation("processors");
  return (
    <div>
      <Text size="sm" c="dimmed">
        {settings.length === 0 ? t("settings.none") : t("settings.title")}
      </Text>
      <dl className={classes["settings"]}>
        {settings.map(({ name, isSet, value }) => (
          <div key={name} className={classes["setting"]}>
            <dt>
              <Code>{name}</Code>
            </dt>
            <dd>{isSet ? (value ?? t("settings.set")) : t("settings.unset")}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
