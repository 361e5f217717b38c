import { Button, Center, Container, Group, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignIn } from "../api/session.ts";
import { Failure } from "../components/Failure.tsx";
import { Panel } from "../components/Panel.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { SchemeSwitch } from "./SchemeSwitch.tsx";

/** Asks for a token, and says whose it may be. */
export function SignIn() {
  const { t } = useTranslation("common");
  const [token, setToken] = useState("");
  const signIn = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(token.trim());
  };
  return (
    <Container size={440} component="main">
      <title>{`${t("session.signIn")} · Misskeep`}</title>
      <Center mih="90vh">
        <Stack w="100%" gap="md">
          <div>
            <Title order={1}>{t("product")}</Title>
            <Text size="sm" c="dimmed">
              {t("tagline")}
            </Text>
          </div>
          <Panel>
            <form onSubmit={submit}>
              <Stack gap="sm">
                <PasswordInput
                  label={t("session.token")}
                  description={t("session.tokenHelp")}
                  required
                  autoFocus
                  autoComplete="current-password"
                  value={token}
                  onChange={({ currentTarget }) => setToken(currentTarget.value)}
                />
                {signIn.error ? <Failure error={signIn.error} /> : null}
                <Button type="submit" loading={signIn.isPending}>
                  {t("session.signIn")}
                </Button>
              </Stack>
            </form>
          </Panel>
          <Group justify="space-between">
            <LanguageSwitch />
            <SchemeSwitch />
          </Group>
        </Stack>
      </Center>
    </Container>
  );
}
