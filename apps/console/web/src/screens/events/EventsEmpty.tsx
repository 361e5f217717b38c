import { useTranslation } from "react-i18next";
import { Empty } from "../../components/Empty.tsx";
import { Command } from "../overview/Command.tsx";

/** Instead of a list without events. */
export function EventsEmpty({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useTranslation("events");
  return isFiltered ? (
    <Empty title={t("noMatchTitle")}>{t("noMatchText")}</Empty>
  ) : (
    <Empty title={t("emptyTitle")}>
      {t("emptyText")} <Command text="npx misskeep send note" />
    </Empty>
  );
}
