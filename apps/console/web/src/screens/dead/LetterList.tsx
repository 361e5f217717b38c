import { useTranslation } from "react-i18next";
import { useMayChange } from "../../api/session.ts";
import { DataTable } from "../../components/DataTable.tsx";
import { ListFailure } from "../../components/ListFailure.tsx";
import { Pager } from "../../components/Pager.tsx";
import { Pending } from "../../components/Pending.tsx";
import { useFormat } from "../../components/use-format.ts";
import { useUrlState } from "../../components/use-url-state.ts";
import { readFilter, readSort } from "./filter-url.ts";
import { useLetterColumns } from "./letter-columns.tsx";
import { LetterFilters } from "./LetterFilters.tsx";
import classes from "./Letters.module.css";
import { ListChanged } from "./ListChanged.tsx";
import { LettersEmpty } from "./LettersEmpty.tsx";
import { SearchProgress } from "./SearchProgress.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { useLetters } from "./use-letters.ts";
import { letterKey, useSelection } from "./use-selection.ts";

interface LetterListProps {
  /** Only of this group, which belongs to this processor. */
  readonly group?: { readonly group: string; readonly processor: string };
}

/** Dead letters one by one: filtered, sorted, page by page, selected. */
export function LetterList({ group }: LetterListProps) {
  const { t } = useTranslation("dead");
  const format = useFormat();
  const url = useUrlState();
  const mayChange = useMayChange();
  const filter = { ...readFilter(url.get), ...group };
  const request = { filter, sort: readSort(url.get), cursor: url.cursor };
  const { letters, error, refetch, isStale, total, matching, next, search } = useLetters(request);
  const selection = useSelection(JSON.stringify(request), letters ?? []);
  const columns = useLetterColumns({
    selection: mayChange ? selection : undefined,
    withProcessor: filter.processor === undefined,
  });
  const isSearch = search.scanned > 0 && (filter.text !== undefined || search.pieces > 1);
  return (
    <>
      <LetterFilters withProcessor={group === undefined} />
      {letters === undefined ? null : (
        <ListChanged total={total} processor={filter.processor} onRefresh={() => void refetch()} />
      )}
      {error ? <ListFailure error={error} onRetry={() => void refetch()} /> : null}
      {letters === undefined ? (
        error ? null : (
          <Pending lines={8} height={44} />
        )
      ) : (
        <div className={isStale ? classes["stale"] : undefined} aria-busy={isStale}>
          {isSearch ? <SearchProgress search={search} total={total} found={letters.length} /> : null}
          {letters.length === 0 ? (
            search.isUnfinished ? (
              <Pending lines={3} height={44} />
            ) : (
              <LettersEmpty filter={filter} scanned={search.scanned} />
            )
          ) : (
            <DataTable
              label={t("list.label")}
              columns={columns}
              rows={letters}
              rowKey={letterKey}
              isSelected={selection.isSelected}
            />
          )}
          <Pager
            text={
              matching === null
                ? t("list.pageOnly", { number: format.number(letters.length) })
                : t("list.page", {
                    number: format.number(letters.length),
                    matching: format.number(matching),
                  })
            }
            onPrevious={url.cursor === undefined ? undefined : url.previous}
            onNext={next === null || search.isUnfinished ? undefined : () => url.next(next)}
          />
          <SelectionBar selection={selection} filter={filter} matching={matching} />
        </div>
      )}
    </>
  );
}
