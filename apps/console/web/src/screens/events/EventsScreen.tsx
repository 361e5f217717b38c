import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function EventsScreen() {
  const { t } = useTranslation("events");
  return <PageTitle title={t("title")} />;
}
