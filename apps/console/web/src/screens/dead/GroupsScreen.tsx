import { Group, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { groupsQuery } from "../../api/dead.ts";
import { Failure } from "../../components/Failure.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { Pending } from "../../components/Pending.tsx";
import { ProcessorSelect } from "../../components/ProcessorSelect.tsx";
import { useUrlState } from "../../components/use-url-state.ts";
import { DeadViews } from "./DeadViews.tsx";
import { GroupList } from "./GroupList.tsx";
import { GroupsEmpty } from "./GroupsEmpty.tsx";
import { isOfView, readView, views } from "./views.ts";

/** Dead letters by what went wrong, problems first. */
export default function GroupsScreen() {
  const { t } = useTranslation("dead");
  const url = useUrlState();
  const processor = url.get("processor");
  const view = readView(url.get("state"));
  const { data, error, refetch } = useQuery(groupsQuery({ processor }));
  const groups = data?.filter((group) => isOfView(group, view));
  return (
    <>
      <PageTitle title={t("title")} text={t("text")} />
      <DeadViews at="groups" processor={processor} />
      <Group gap="sm" mb="md" align="end">
        <ProcessorSelect
          withDead
          value={processor}
          onChange={(name) => url.set({ processor: name }, { replace: true })}
        />
        <NativeSelect
          size="sm"
          label={t("states.label")}
          value={view}
          onChange={({ currentTarget }) =>
            url.set(
              { state: currentTarget.value === "problems" ? undefined : currentTarget.value },
              { replace: true },
            )
          }
          data={views.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </Group>
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : groups === undefined ? (
        <Pending lines={5} height={84} />
      ) : groups.length === 0 ? (
        <GroupsEmpty hasOthers={(data?.length ?? 0) > 0} view={view} isFiltered={processor !== undefined} />
      ) : (
        <GroupList groups={groups} />
      )}
    </>
  );
}
