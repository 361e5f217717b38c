import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ProcessorStatus } from "../../api/types.ts";
import { StateBadge, type Tone } from "../../components/StateBadge.tsx";
import { Time } from "../../components/Time.tsx";

/** On or not, and why not. */
export function ProcessorState({ processor }: { readonly processor: ProcessorStatus }) {
  const { t } = useTranslation("processors");
  const { paused, removed, workers, seenAt } = processor;
  if (removed)
    return (
      <Line tone="calm" state={t("state.removed")}>
        {t("removedHint")}
      </Line>
    );
  return (
    <>
      {paused ? (
        <Line tone="warn" state={t("state.paused")}>
          {paused.why === ""
            ? t("pausedByNoWhy", { by: paused.by })
            : t("pausedBy", { by: paused.by, why: paused.why })}{" "}
          {paused.at > 0 ? (
            <>
              · <Time at={paused.at} />
            </>
          ) : null}
        </Line>
      ) : null}
      {workers === 0 ? (
        <Line tone="bad" state={t("state.noWorker")}>
          {seenAt === null ? (
            t("noWorkerEver")
          ) : (
            <>
              {t("noWorkerSince")} <Time at={seenAt} />
            </>
          )}
        </Line>
      ) : null}
      {!paused && workers > 0 ? <Line tone="good" state={t("state.on")} /> : null}
    </>
  );
}

interface LineProps {
  readonly tone: Tone;
  readonly state: string;
  readonly children?: ReactNode;
}

function Line({ tone, state, children }: LineProps) {
  return (
    <Group gap="xs" wrap="nowrap" align="baseline">
      <StateBadge tone={tone}>{state}</StateBadge>
      {children === undefined ? null : (
        <Text size="sm" component="div" className="hostile-line">
          {children}
        </Text>
      )}
    </Group>
  );
}
