import { Anchor, Checkbox, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DeadLetterSummary } from "../../api/types.ts";
import type { Column } from "../../components/DataTable.tsx";
import { EventSentence } from "../../components/EventSentence.tsx";
import { Num } from "../../components/Num.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { letterPath } from "./letter-path.ts";
import classes from "./Letters.module.css";
import type { Selection } from "./use-selection.ts";

interface Options {
  /** Absent for those who only look. */
  readonly selection: Selection | undefined;
  readonly withProcessor: boolean;
}

/** What a list says of each letter: what happened, at which processor, what went wrong, how often, when. */
export function useLetterColumns({
  selection,
  withProcessor,
}: Options): readonly Column<DeadLetterSummary>[] {
  const { t } = useTranslation("dead");
  return [
    ...(selection ? [selectColumn(selection, t("list.selectPage"), (id) => t("list.select", { id }))] : []),
    {
      key: "event",
      head: t("list.event"),
      grow: true,
      plain: true,
      cell: ({ processor, id, event, edits }) => (
        <>
          <Anchor component={Link} href={letterPath(processor, id)} inherit fw={500}>
            <EventSentence event={event} />
          </Anchor>
          <Text size="xs" c="dimmed" className="hostile-line">
            {event.type ?? "–"} · {event.hook}
            {edits > 0 ? ` · ${t("list.edited", { count: edits })}` : ""}
          </Text>
        </>
      ),
    },
    ...(withProcessor ? [processorColumn(t("processor"))] : []),
    {
      key: "error",
      head: t("list.error"),
      grow: true,
      plain: true,
      cell: ({ error }) => (
        <div>
          <Text size="sm" fw={500} className="hostile-line">
            {error.name}
          </Text>
          <Text size="xs" c="dimmed" className={classes["message"] ?? ""}>
            {error.message}
          </Text>
        </div>
      ),
    },
    {
      key: "attempts",
      head: t("list.attempts"),
      align: "right",
      cell: ({ attempts }) => <Num value={attempts} />,
    },
    { key: "died", head: t("list.died"), cell: ({ diedAt }) => <Time dense at={diedAt} /> },
  ];
}

function processorColumn(head: string): Column<DeadLetterSummary> {
  return { key: "processor", head, cell: ({ processor }) => <ProcessorBadge name={processor} /> };
}

function selectColumn(
  selection: Selection,
  pageLabel: string,
  rowLabel: (id: string) => string,
): Column<DeadLetterSummary> {
  return {
    key: "select",
    head: pageLabel,
    corner: true,
    headCell: (
      <Group gap="xs" wrap="nowrap">
        <Checkbox
          size="xs"
          aria-label={pageLabel}
          checked={selection.isPage}
          indeterminate={selection.selected.length > 0 && !selection.isPage}
          onChange={selection.isPage ? selection.clear : selection.selectPage}
        />
        <span className={classes["pageLabel"]} aria-hidden>
          {pageLabel}
        </span>
      </Group>
    ),
    cell: (letter) => (
      <Checkbox
        size="xs"
        aria-label={rowLabel(letter.id)}
        checked={selection.isSelected(letter)}
        onChange={() => selection.toggle(letter)}
      />
    ),
  };
}
