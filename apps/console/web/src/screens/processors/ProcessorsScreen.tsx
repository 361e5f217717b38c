import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function ProcessorsScreen() {
  const { t } = useTranslation("processors");
  return <PageTitle title={t("title")} />;
}
