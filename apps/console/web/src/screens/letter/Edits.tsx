import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DeadLetterDetails } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { Time } from "../../components/Time.tsx";
import { eventIdOf } from "../runs/items.ts";

/** The letter's edited replays, each a job of its own; their event shows what became of them. */
export function Edits({ edits }: Pick<DeadLetterDetails, "edits">) {
  const { t } = useTranslation("letter");
  if (edits.length === 0) return null;
  return (
    <Panel title={t("edits.title")}>
      {edits.map(({ id, by, at }) => (
        <Text key={id} size="sm" className="hostile-line">
          <Anchor
            component={Link}
            href={`/events/${encodeURIComponent(eventIdOf(id))}`}
            inherit
            className="mono"
          >
            {id}
          </Anchor>{" "}
          {t("edits.by", { name: by })} · <Time at={at} />
        </Text>
      ))}
    </Panel>
  );
}
