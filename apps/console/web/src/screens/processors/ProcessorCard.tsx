import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProcessorStatus } from "../../api/types.ts";
import { useMayChange } from "../../api/session.ts";
import { Panel } from "../../components/Panel.tsx";
import { Time } from "../../components/Time.tsx";
import { AttemptsLine } from "./AttemptsLine.tsx";
import classes from "./ProcessorCard.module.css";
import { ProcessorActions } from "./ProcessorActions.tsx";
import { ProcessorFigures } from "./ProcessorFigures.tsx";
import { ProcessorState } from "./ProcessorState.tsx";
import { QUARANTINE } from "./quarantine.ts";
import { Rules } from "./Rules.tsx";
import { Settings } from "./Settings.tsx";

/** All about one processor. */
export function ProcessorCard({ processor }: { readonly processor: ProcessorStatus }) {
  const { t } = useTranslation("processors");
  const mayChange = useMayChange();
  const { name } = processor;
  // Whatever comes to quarantine is dead at once; nothing of its rules ever shows.
  const rules = name === QUARANTINE ? null : processor.rules;
  return (
    <div id={name} className={classes["anchor"]}>
      <Panel title={name} actions={mayChange ? <ProcessorActions processor={processor} /> : undefined}>
        <Stack gap="sm">
          <ProcessorState processor={processor} />
          <ProcessorFigures processor={processor} />
          <div className={classes["details"]}>
            <Stack gap={4}>
              <Wants processor={processor} />
              {rules ? <Rules rules={rules} /> : null}
            </Stack>
            {rules ? <AttemptsLine rules={rules} /> : null}
            {rules ? <Settings settings={rules.settings} /> : null}
          </div>
          {rules || name === QUARANTINE ? null : (
            <Text size="sm" c="dimmed">
              {t("rules.unknown")}
            </Text>
          )}
        </Stack>
      </Panel>
    </div>
  );
}

function Wants({ processor: { name, subscriptions, since } }: { readonly processor: ProcessorStatus }) {
  const { t } = useTranslation("processors");
  if (name === QUARANTINE) return <Text size="sm">{t("builtIn")}</Text>;
  return (
    <>
      <Text size="sm" component="div">
        <Text span inherit c="dimmed">
          {t("wants")}
        </Text>{" "}
        {subscriptions.map(({ on, hooks }, i) => (
          // Subscriptions have no name of their own, and no state.
          <Group key={i} component="span" display="inline" className="hostile-line">
            {on.includes("*") ? t("everything") : on.join(", ")}
            {hooks ? ` ${t("ofHooks", { hooks: hooks.join(", ") })}` : ""}{" "}
          </Group>
        ))}
      </Text>
      {since === null ? null : (
        <Text size="sm" c="dimmed">
          {t("since")} <Time at={since} /> · {t("sinceHint")}
        </Text>
      )}
    </>
  );
}
