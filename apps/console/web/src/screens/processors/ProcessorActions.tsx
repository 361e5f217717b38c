import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProcessorStatus } from "../../api/types.ts";
import { Confirm } from "../../components/Confirm.tsx";
import { Failure } from "../../components/Failure.tsx";
import { useProcessorActions } from "./queries.ts";

/** Pause or resume, and remove. */
export function ProcessorActions({ processor }: { readonly processor: ProcessorStatus }) {
  const { t } = useTranslation("processors");
  const { name, paused, removed, since } = processor;
  const { pause, resume, remove } = useProcessorActions(name);
  const [asking, setAsking] = useState<"pause" | "remove" | null>(null);
  const left = useJobsLeft(processor);
  const say = (message: string) => notifications.show({ message });
  const close = () => setAsking(null);
  return (
    <Group gap="xs">
      {resume.error === null ? null : <Failure error={resume.error} />}
      {paused ? (
        <Button
          size="compact-sm"
          variant="light"
          loading={resume.isPending}
          onClick={() => resume.mutate("", { onSuccess: () => say(t("resume.done", { processor: name })) })}
        >
          {t("resume.action")}
        </Button>
      ) : removed ? null : (
        <Button size="compact-sm" variant="default" onClick={() => setAsking("pause")}>
          {t("pause.action")}
        </Button>
      )}
      {since === null ? null : (
        <Button size="compact-sm" variant="default" onClick={() => setAsking("remove")}>
          {t("remove.action")}
        </Button>
      )}
      <Confirm
        opened={asking === "pause"}
        onClose={close}
        title={t("pause.title", { processor: name })}
        action={t("pause.action")}
        onConfirm={async (why) => {
          await pause.mutateAsync(why);
          say(t("pause.done", { processor: name }));
        }}
      >
        <Text size="sm">{t("pause.text")}</Text>
      </Confirm>
      <Confirm
        opened={asking === "remove"}
        onClose={close}
        title={t("remove.title", { processor: name })}
        action={t("remove.action")}
        danger
        onConfirm={async (why) => {
          const { workers } = await remove.mutateAsync(why);
          say(t(workers > 0 ? "remove.doneWorkers" : "remove.done", { processor: name, count: workers }));
        }}
      >
        <Text size="sm">{t("remove.text")}</Text>
        {left === "" ? null : (
          <Text size="sm" fw={600}>
            {t("remove.blocked", { jobs: left })}
          </Text>
        )}
      </Confirm>
    </Group>
  );
}

/** What keeps it from being removed; empty where nothing does. */
function useJobsLeft(processor: ProcessorStatus): string {
  const { t } = useTranslation("processors");
  return (["waiting", "active", "delayed", "dead"] as const)
    .filter((state) => processor[state] > 0)
    .map((state) => t(`remove.jobs.${state}`, { count: processor[state] }))
    .join(", ");
}
