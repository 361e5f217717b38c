import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function AuditScreen() {
  const { t } = useTranslation("audit");
  return <PageTitle title={t("title")} />;
}
