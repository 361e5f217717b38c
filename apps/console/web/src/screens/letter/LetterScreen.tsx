import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";

export default function LetterScreen(_: { readonly processor: string; readonly id: string }) {
  const { t } = useTranslation("letter");
  return <PageTitle title={t("title")} />;
}
