import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function WorkersScreen() {
  const { t } = useTranslation("workers");
  return <PageTitle title={t("title")} />;
}
