import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function RunScreen(_: { readonly id: string }) {
  const { t } = useTranslation("runs");
  return <PageTitle title={t("title")} />;
}
