import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { queryClient } from "../api/query-client.ts";
import { Door } from "./Door.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { styleNonce } from "./nonce.ts";
import { theme, variables } from "./theme.ts";

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queryClient}>
        <ErrorBoundary>
          <Door />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}
