import { Center, Container } from "@mantine/core";
import { useLive } from "../api/live.ts";
import { useSession } from "../api/session.ts";
import { Failure } from "../components/Failure.tsx";
import { Pending } from "../components/Pending.tsx";
import { Shell } from "./Shell.tsx";
import { SignIn } from "./SignIn.tsx";

/** Lets in who is signed in, and asks the others for their token. */
export function Door() {
  const { data: session, error, refetch } = useSession();
  const signedIn = session !== undefined && session !== null;
  useLive(signedIn);
  if (signedIn) return <Shell />;
  if (session === null) return <SignIn />;
  return (
    <Container size="xs" component="main">
      <Center mih="60vh">
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Pending lines={3} />}
      </Center>
    </Container>
  );
}
