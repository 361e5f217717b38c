import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function OverviewScreen() {
  const { t } = useTranslation("overview");
  return <PageTitle title={t("title")} />;
}
