import { Alert, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeadLetterDetails } from "../../api/types.ts";
import { Failure } from "../../components/Failure.tsx";
import { pretty } from "../../components/JsonView.tsx";
import { Pending } from "../../components/Pending.tsx";
import { useReturnFocus } from "../../components/use-return-focus.ts";
import { EditForm } from "./EditForm.tsx";
import { useRaw } from "./use-raw.ts";

interface EditDialogProps {
  readonly letter: DeadLetterDetails;
  readonly onClose: () => void;
}

/** Changes the body and runs the changed one beside the letter, which stays as it is. */
export function EditDialog({ letter, onClose }: EditDialogProps) {
  useReturnFocus();
  const { t } = useTranslation(["letter", "common"]);
  const { raw, error } = useRaw(letter, true);
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      // What was typed is not lost by a click beside it.
      closeOnClickOutside={false}
      title={t("letter:edit.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Text size="sm" mb="sm">
        {t("letter:edit.text")}
      </Text>
      {error ? <Failure error={error} /> : null}
      {raw === undefined ? (
        error ? null : (
          <Pending lines={6} />
        )
      ) : "utf8" in raw ? (
        <EditForm letter={letter} original={pretty(raw.utf8)} onClose={onClose} />
      ) : (
        <Alert color="yellow">{t("letter:edit.notText")}</Alert>
      )}
    </Modal>
  );
}
