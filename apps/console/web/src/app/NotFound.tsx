import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Empty } from "../components/Empty.tsx";
import { PageTitle } from "../components/PageTitle.tsx";

export function NotFound() {
  const { t } = useTranslation("common");
  return (
    <>
      <PageTitle title={t("notFound.title")} />
      <Empty title={t("notFound.text")}>
        <Anchor component={Link} href="/">
          {t("notFound.link")}
        </Anchor>
      </Empty>
    </>
  );
}
