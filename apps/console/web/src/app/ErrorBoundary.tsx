import { Button, Code, Container, Stack, Text, Title } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly children: ReactNode;
  /** Another place gets another try. */
  readonly place?: string;
}

interface State {
  readonly error: Error | null;
  readonly place: string | undefined;
}

/** Keeps a fault in one screen from taking the page away without a word. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ place }: Props, state: State): Partial<State> | null {
    return place === state.place ? null : { error: null, place };
  }

  override render() {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children;
  }
}

function Broken({ error }: { readonly error: Error }) {
  const { t } = useTranslation("common");
  return (
    <Container size="sm" py="xl">
      <Stack gap="sm" align="flex-start" role="alert">
        <Title order={1}>{t("crash.title")}</Title>
        <Text>{t("crash.text")}</Text>
        <Code block className="hostile">
          {error.message}
        </Code>
        <Button onClick={() => location.reload()}>{t("crash.reload")}</Button>
      </Stack>
    </Container>
  );
}
