import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function GroupScreen(_: { readonly group: string }) {
  const { t } = useTranslation("dead");
  return <PageTitle title={t("title")} />;
}
