import { ActionIcon, Badge, Group, Text, Tooltip } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSession, useSignOut } from "../api/session.ts";

/** Who is signed in, whether only to look, and the way out. */
export function SessionNote() {
  const { t } = useTranslation("common");
  const { data: session } = useSession();
  const signOut = useSignOut();
  if (!session) return null;
  return (
    <Group ml="auto" gap="xs" wrap="nowrap">
      {session.readonly ? (
        <Tooltip label={t("session.readOnly")} multiline maw={280}>
          <Badge variant="default" radius="sm" tt="none" tabIndex={0}>
            {t("readOnly")}
          </Badge>
        </Tooltip>
      ) : null}
      <Text size="sm" c="dimmed" title={t("session.signedInAs", { name: session.name })}>
        {session.name}
      </Text>
      {session.local ? null : (
        <Tooltip label={t("session.signOut")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("session.signOut")}
            onClick={() => signOut.mutate()}
          >
            <IconLogout size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}
