import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useTrouble } from "../api/live.ts";
import classes from "./Shell.module.css";

/** Says that figures stand still, and why; goes by itself. */
export function TroubleBanner() {
  const { t } = useTranslation("common");
  const trouble = useTrouble();
  return (
    <div role="status" className={classes["trouble"]}>
      {trouble ? (
        <Alert color="yellow" mb="md" icon={<IconPlugConnectedX aria-hidden />}>
          {trouble.code === "UNREACHABLE" ? t("trouble.unreachable") : t("trouble.redis")}
        </Alert>
      ) : null}
    </div>
  );
}
