import { useTranslation } from "react-i18next";
import { LinkTabs } from "../../components/LinkTabs.tsx";

interface DeadViewsProps {
  readonly at: "groups" | "letters" | null;
  /** Goes along from one view to the other. */
  readonly processor?: string | undefined;
}

/** By group, or one by one. */
export function DeadViews({ at, processor }: DeadViewsProps) {
  const { t } = useTranslation("dead");
  const query = processor === undefined ? "" : `?processor=${encodeURIComponent(processor)}`;
  return (
    <LinkTabs
      label={t("views.label")}
      tabs={[
        { href: `/dead${query}`, label: t("views.groups"), active: at === "groups" },
        { href: `/dead/letters${query}`, label: t("views.letters"), active: at === "letters" },
      ]}
    />
  );
}
