import { Stack } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../components/Empty.tsx";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pending } from "../../components/Pending.tsx";
import { Command } from "../overview/Command.tsx";
import { OffPanel } from "./OffPanel.tsx";
import { ProcessorCard } from "./ProcessorCard.tsx";
import { QUARANTINE } from "./quarantine.ts";
import { useOff, useProcessors } from "./queries.ts";

/** What handles events: how it is doing, its rules and settings, and its buttons. */
export default function ProcessorsScreen() {
  const { t } = useTranslation("processors");
  const { data: processors, error, refetch } = useProcessors();
  const { data: off } = useOff();
  useAnchor(processors !== undefined);
  return (
    <>
      <PageTitle title={t("title")} />
      {processors === undefined ? (
        error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Pending lines={4} height={120} />
        )
      ) : (
        <Stack gap="md">
          {processors.every(({ name }) => name === QUARANTINE) ? (
            <Empty title={t("emptyTitle")}>
              {t("empty")} <Command text="npm start" />
            </Empty>
          ) : null}
          {processors.map((processor) => (
            <ProcessorCard key={processor.name} processor={processor} />
          ))}
          {off && off.length > 0 ? <OffPanel off={off} /> : null}
        </Stack>
      )}
    </>
  );
}

/** A link to one of them comes before it is there. */
function useAnchor(isThere: boolean): void {
  useEffect(() => {
    if (!isThere || location.hash.length < 2) return;
    document.getElementById(decodeHash(location.hash))?.scrollIntoView({ block: "start" });
  }, [isThere]);
}

function decodeHash(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}
