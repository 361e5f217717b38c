import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Empty } from "../../components/Empty.tsx";
import { eventIdOf } from "../runs/items.ts";

/** Somebody was faster; this is where it can be now. */
export function LetterGone({ id }: { readonly id: string }) {
  const { t } = useTranslation("letter");
  return (
    <Empty title={t("gone.title")}>
      {t("gone.text")}
      <br />
      <Anchor component={Link} href={`/events/${encodeURIComponent(eventIdOf(id))}`} inherit>
        {t("gone.event")}
      </Anchor>
      {" · "}
      <Anchor component={Link} href="/discarded" inherit>
        {t("gone.discarded")}
      </Anchor>
    </Empty>
  );
}
