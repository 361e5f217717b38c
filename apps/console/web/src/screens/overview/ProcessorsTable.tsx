import { Anchor, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Overview } from "../../api/types.ts";
import { Num } from "../../components/Num.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Time } from "../../components/Time.tsx";

/** What waits where. */
export function ProcessorsTable({ overview: { processors } }: { readonly overview: Overview }) {
  const { t } = useTranslation("overview");
  return (
    <Panel
      title={t("processors")}
      flush
      actions={
        <Anchor component={Link} href="/processors" size="sm">
          {t("allProcessors")}
        </Anchor>
      }
    >
      {processors.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm">
          {t("noProcessors")}
        </Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("column.processor")}</Table.Th>
              <Table.Th ta="right">{t("column.waiting")}</Table.Th>
              <Table.Th>{t("column.oldest")}</Table.Th>
              <Table.Th ta="right" visibleFrom="xs">
                {t("column.active")}
              </Table.Th>
              <Table.Th ta="right">{t("column.dead")}</Table.Th>
              <Table.Th ta="right" visibleFrom="xs">
                {t("column.workers")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {processors.map((processor) => (
              <ProcessorRow key={processor.name} processor={processor} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

function ProcessorRow({ processor }: { readonly processor: Overview["processors"][number] }) {
  const { name, waiting, oldestWaitingAt, active, dead, workers } = processor;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        <Anchor component={Link} href={`/processors#${name}`} inherit>
          {name}
        </Anchor>
      </Table.Th>
      <Table.Td ta="right">
        <Num value={waiting} />
      </Table.Td>
      <Table.Td>{oldestWaitingAt === null ? "–" : <Time at={oldestWaitingAt} dense />}</Table.Td>
      <Table.Td ta="right" visibleFrom="xs">
        <Num value={active} />
      </Table.Td>
      <Table.Td ta="right">
        {dead === 0 ? (
          <Num value={0} />
        ) : (
          <Anchor component={Link} href={`/dead?processor=${encodeURIComponent(name)}`} inherit>
            <Num value={dead} />
          </Anchor>
        )}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="xs">
        <Num value={workers} />
      </Table.Td>
    </Table.Tr>
  );
}
