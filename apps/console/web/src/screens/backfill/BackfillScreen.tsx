import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function BackfillScreen() {
  const { t } = useTranslation("backfill");
  return <PageTitle title={t("title")} />;
}
