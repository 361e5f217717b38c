import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconTerminal2 } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/api-error.ts";
import { apiGet, toUrl } from "../../api/client.ts";
import { useMayChange } from "../../api/session.ts";
import { Failure } from "../../components/Failure.tsx";

interface DeliveryActionsProps {
  /** Of the event or the dead letter in the API. */
  readonly path: string;
  /** Of the file. */
  readonly name: string;
}

/** Takes what was delivered elsewhere: as a command that sends it again, or as a file for tests. */
export function DeliveryActions({ path, name }: DeliveryActionsProps) {
  const { t } = useTranslation("events");
  const mayLook = useMayChange();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const command = await apiGet<string>(`${path}/curl`);
      try {
        await navigator.clipboard.writeText(command);
      } catch {
        // Browsers allow it on https and on this machine only.
        throw new ApiError("CLIPBOARD", t("action.failed"), 0);
      }
    },
    onSuccess: () => notifications.show({ message: t("action.curlDone") }),
  });
  if (!mayLook) return null;
  return (
    <>
      {error === null ? null : <Failure error={error} />}
      <Button
        size="xs"
        variant="default"
        loading={isPending}
        leftSection={<IconTerminal2 size={14} aria-hidden />}
        onClick={() => mutate()}
      >
        {t("action.curl")}
      </Button>
      <Button
        size="xs"
        variant="default"
        component="a"
        href={toUrl(`${path}/fixture`)}
        download={`${name}.json`}
        leftSection={<IconDownload size={14} aria-hidden />}
      >
        {t("action.fixture")}
      </Button>
    </>
  );
}
