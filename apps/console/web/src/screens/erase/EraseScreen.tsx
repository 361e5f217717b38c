import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function EraseScreen() {
  const { t } = useTranslation("erase");
  return <PageTitle title={t("title")} />;
}
