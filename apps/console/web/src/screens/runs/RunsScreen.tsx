import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function RunsScreen() {
  const { t } = useTranslation("runs");
  return <PageTitle title={t("title")} />;
}
