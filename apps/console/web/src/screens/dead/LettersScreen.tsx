import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/PageTitle.tsx";
import { useUrlState } from "../../components/use-url-state.ts";
import { DeadViews } from "./DeadViews.tsx";
import { LetterList } from "./LetterList.tsx";

/** All dead letters, one by one. */
export default function LettersScreen() {
  const { t } = useTranslation("dead");
  const url = useUrlState();
  return (
    <>
      <PageTitle title={t("title")} />
      <DeadViews at="letters" processor={url.get("processor")} />
      <LetterList />
    </>
  );
}
