import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { groupQuery } from "../../api/dead.ts";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Pending } from "../../components/Pending.tsx";
import { ProcessorBadge } from "../../components/ProcessorBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useFormat } from "../../components/use-format.ts";
import { DeadViews } from "./DeadViews.tsx";
import { GroupActions } from "./GroupActions.tsx";
import { GroupState } from "./GroupState.tsx";
import { GroupTimes } from "./GroupTimes.tsx";
import { LetterList } from "./LetterList.tsx";

/** One group: what its letters have in common, and the letters. */
export default function GroupScreen({ group: id }: { readonly group: string }) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const { data: group, error, refetch } = useQuery(groupQuery(id));
  if (group === undefined) {
    return (
      <>
        <PageTitle title={t("title")} />
        <DeadViews at={null} />
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Pending />}
      </>
    );
  }
  const { processor, error: failure, message, count, resolved } = group;
  return (
    <>
      <PageTitle
        title={failure.name}
        text={
          <Group gap="xs">
            <ProcessorBadge name={processor} />
            <GroupState group={group} />
            {t("count", { count, number: format.number(count) })}
          </Group>
        }
        actions={<GroupActions group={group} withOpen={false} />}
      />
      <Stack gap="md">
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
        <Panel>
          <Group justify="space-between" align="start" gap="md">
            <Text className="mono hostile" flex="1 1 20rem">
              {message}
            </Text>
            <GroupTimes group={group} />
          </Group>
          {resolved === null ? null : (
            <Text size="sm" c="dimmed" mt="xs" className="hostile-line">
              {t("resolvedBy", { name: resolved.by })} <Time at={resolved.at} />
              {resolved.why === "" ? "" : `: ${resolved.why}`}
            </Text>
          )}
        </Panel>
        <div>
          <LetterList group={{ group: id, processor }} />
        </div>
      </Stack>
    </>
  );
}
