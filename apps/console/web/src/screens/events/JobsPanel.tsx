import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { EventAtProcessor, EventDetails } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { StateBadge } from "../../components/StateBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { letterPath } from "../dead/letter-path.ts";
import { ErrorLines } from "./ErrorLines.tsx";
import { toJob } from "./timeline.ts";

/** How the event stands at each processor. */
export function JobsPanel({ event }: { readonly event: EventDetails }) {
  const { t } = useTranslation("events");
  const { processors, inbox } = event;
  return (
    <Panel title={t("processors.title")}>
      {processors.length === 0 ? (
        <Text size="sm" c="dimmed">
          {inbox?.state === "dispatched" ? t("processors.noneDispatched") : t("processors.none")}
        </Text>
      ) : (
        <Stack gap="md">
          {processors.map((at) => (
            <Job key={`${at.processor}/${at.id}`} at={at} />
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

function Job({ at }: { readonly at: EventAtProcessor }) {
  const { t } = useTranslation("events");
  const {
    processor,
    id,
    parent,
    state,
    attempts,
    replays,
    runsAt,
    steps,
    detail,
    error,
    history,
    discarded,
  } = at;
  const { run } = toJob(at);
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
          <Anchor component={Link} href={letterPath(processor, id)} size="sm">
            {t("processors.deadLink")}
          </Anchor>
        ) : null}
        {run === null ? null : parent === null ? (
          <Anchor
            component={Link}
            href={`/runs/${encodeURIComponent(run)}`}
            size="sm"
            className="hostile-line"
          >
            {t("processors.runLink", { run })}
          </Anchor>
        ) : (
          <Text size="sm" c="dimmed">
            {t("processors.edited")}
          </Text>
        )}
      </Group>
      {discarded === null ? null : (
        <Text size="sm" component="div" className="hostile">
          {t("processors.discarded", { by: discarded.by, why: discarded.why })} <Time at={discarded.at} />
        </Text>
      )}
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
