import { Code, Group } from "@mantine/core";
import { CopyText } from "../../components/CopyText.tsx";

/** A command that helps, to be copied to a terminal. */
export function Command({ text }: { readonly text: string }) {
  return (
    <Group component="span" display="inline-flex" gap={6} wrap="wrap">
      <Code className="hostile-line">{text}</Code>
      <CopyText text={text} />
    </Group>
  );
}
