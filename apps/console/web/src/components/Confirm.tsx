import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "./Failure.tsx";

interface ConfirmProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, before anything is asked. */
  readonly children?: ReactNode;
  /** What the button says: the deed, not "OK". */
  readonly action: string;
  readonly danger?: boolean;
  /** "required" does not let an empty one through. */
  readonly reason?: "required" | "optional" | "none";
  /** A number that has to be typed in, for what concerns many. */
  readonly count?: number;
  /** Closes the dialog when it ends; what it throws is shown in the dialog. */
  readonly onConfirm: (why: string) => Promise<unknown>;
}

/** Asks before something is done. */
export function Confirm(props: ConfirmProps) {
  const { opened, onClose, title } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": useTranslation("common").t("close") }}
    >
      {/* Anew each time, so that yesterday's reason is not today's. */}
      {opened ? <ConfirmForm {...props} /> : null}
    </Modal>
  );
}

function ConfirmForm({
  onClose,
  children,
  action,
  danger,
  reason = "required",
  count,
  onConfirm,
}: ConfirmProps) {
  const { t, i18n } = useTranslation("common");
  const [why, setWhy] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const shown = count?.toLocaleString(i18n.language) ?? "";
  const whyMissing = reason === "required" && why.trim() === "";
  const countWrong = count !== undefined && typed.replaceAll(/[^0-9]/g, "") !== String(count);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (whyMissing || countWrong) return;
    setState({ busy: true, error: null });
    onConfirm(why.trim()).then(onClose, (error: unknown) => setState({ busy: false, error }));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {children}
        {reason === "none" ? null : (
          <TextInput
            label={t("reason")}
            description={t("reasonHelp")}
            required={reason === "required"}
            data-autofocus
            maxLength={500}
            value={why}
            onChange={({ currentTarget }) => setWhy(currentTarget.value)}
            error={tried && whyMissing ? t("confirm.reasonMissing") : undefined}
          />
        )}
        {count === undefined ? null : (
          <TextInput
            label={t("confirm.count", { number: shown })}
            inputMode="numeric"
            autoComplete="off"
            required
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            error={tried && countWrong ? t("confirm.countWrong", { number: shown }) : undefined}
          />
        )}
        {state.error === null ? null : <Failure error={state.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={state.busy} {...(danger ? { color: "red.9" } : {})}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
