import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayChange } from "../../api/session.ts";
import type { EraseTarget } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Panel } from "../../components/Panel.tsx";
import { EraseConfirm } from "./EraseConfirm.tsx";
import { EraseDone } from "./EraseDone.tsx";
import { EraseForm } from "./EraseForm.tsx";
import { EraseFound } from "./EraseFound.tsx";
import { useErase, usePlanErase } from "./queries.ts";

/** A person's or a note's content, everywhere: looked for first, then confirmed, then gone. */
export default function EraseScreen() {
  const { t } = useTranslation("erase");
  const mayChange = useMayChange();
  const [target, setTarget] = useState<EraseTarget | null>(null);
  const plan = usePlanErase();
  const erase = useErase();
  const startAgain = () => {
    setTarget(null);
    plan.reset();
    erase.reset();
  };
  const look = (wanted: EraseTarget) => {
    setTarget(wanted);
    plan.mutate(wanted);
  };
  return (
    <>
      <PageTitle title={t("title")} text={t("intro")} />
      <Stack gap="md" maw={720}>
        <Text size="sm" c="dimmed">
          {t("outside")}
        </Text>
        {!mayChange ? (
          <Text size="sm">{t("confirm.readonly")}</Text>
        ) : erase.data ? (
          <EraseDone result={erase.data} onAgain={startAgain} />
        ) : (
          <>
            {plan.data && target ? (
              <Panel title={t("plan.title")}>
                <Stack gap="md">
                  <EraseFound found={plan.data} />
                  <EraseConfirm
                    target={target}
                    found={plan.data}
                    isBusy={erase.isPending}
                    onChange={startAgain}
                    onConfirm={(why) => erase.mutate({ target, why })}
                  />
                </Stack>
              </Panel>
            ) : (
              <EraseForm isBusy={plan.isPending} onLook={look} />
            )}
            {plan.error || erase.error ? <Failure error={plan.error ?? erase.error} /> : null}
          </>
        )}
      </Stack>
    </>
  );
}
