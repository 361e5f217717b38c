import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function LettersScreen() {
  const { t } = useTranslation("dead");
  return <PageTitle title={t("title")} />;
}
