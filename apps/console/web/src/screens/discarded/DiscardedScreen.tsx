import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function DiscardedScreen() {
  const { t } = useTranslation("discarded");
  return <PageTitle title={t("title")} />;
}
