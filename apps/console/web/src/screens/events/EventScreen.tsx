import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function EventScreen(_: { readonly id: string }) {
  const { t } = useTranslation("events");
  return <PageTitle title={t("title")} />;
}
