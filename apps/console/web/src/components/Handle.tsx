import { Text } from "@mantine/core";

/** `@alice@example.tld`, which a stranger chose. */
export function Handle({ handle }: { readonly handle: string }) {
  return (
    <Text component="span" inherit c="dimmed" className="hostile-line">
      <bdi>{handle}</bdi>
    </Text>
  );
}
