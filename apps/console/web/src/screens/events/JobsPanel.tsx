import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { EventAtProcessor, EventDetails } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { StateBadge } from "../../components/StateBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { ErrorLines } from "./ErrorLines.tsx";
import { toJob } from "./timeline.ts";

/** How the event stands at each processor. */
export function JobsPanel({ event }: { readonly event: EventDetails }) {
  const { t } = useTranslation("events");
  const { processors, inbox, id } = event;
  return (
    <Panel title={t("processors.title")}>
      {processors.length === 0 ? (
        <Text size="sm" c="dimmed">
          {inbox?.state === "dispatched" ? t("processors.noneDispatched") : t("processors.none")}
        </Text>
      ) : (
        <Stack gap="md">
          {processors.map((at) => (
            <Job key={`${at.processor}~${toJob(at).run ?? ""}`} at={at} eventId={id} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}

const TONES = {
  waiting: "calm",
  active: "busy",
  delayed: "warn",
  handled: "good",
  ignored: "calm",
  dead: "bad",
  discarded: "calm",
} as const;

function Job({ at, eventId }: { readonly at: EventAtProcessor; readonly eventId: string }) {
  const { t } = useTranslation("events");
  const { processor, state, attempts, replays, runsAt, steps, detail, error, history } = at;
  const { run } = toJob(at);
  const jobId = run === null ? eventId : `${eventId}~${run}`;
  return (
    <div>
      <Group gap="xs">
        <ProcessorBadge name={processor} />
        <StateBadge tone={TONES[state]}>{t(`state.${state}`)}</StateBadge>
        <Text size="sm" component="div" c="dimmed">
          {t("processors.attempts", { count: attempts })}
          {replays > 0 ? `, ${t("timeline.replayed", { count: replays })}` : ""}
          {runsAt === null ? null : (
            <>
              , {t("processors.runsAgain")} <Time at={runsAt} />
            </>
          )}
        </Text>
        {state === "dead" ? (
          <Anchor
            component={Link}
            href={`/dead/letters/${encodeURIComponent(processor)}/${encodeURIComponent(jobId)}`}
            size="sm"
          >
            {t("processors.deadLink")}
          </Anchor>
        ) : null}
        {run === null ? null : (
          <Anchor
            component={Link}
            href={`/runs/${encodeURIComponent(run)}`}
            size="sm"
            className="hostile-line"
          >
            {t("processors.runLink", { run })}
          </Anchor>
        )}
      </Group>
      {detail === null ? null : (
        <Text size="sm" className="hostile">
          {detail}
        </Text>
      )}
      {error === null ? null : (
        <Text size="sm" component="div">
          <ErrorLines error={error} />
        </Text>
      )}
      {steps.length === 0 ? null : (
        <Text size="sm" className="hostile-line">
          <Text span inherit c="dimmed">
            {t("processors.steps")}
          </Text>{" "}
          {steps.join(", ")}
        </Text>
      )}
      {attempts > history.length ? (
        <Text size="xs" c="dimmed">
          {t("timeline.onlyLast", { count: history.length, attempts })}
        </Text>
      ) : null}
    </div>
  );
}
