import { Badge } from "@mantine/core";

/** A processor's name, the same everywhere. */
export function ProcessorBadge({ name }: { readonly name: string }) {
  return (
    <Badge variant="default" radius="sm" tt="none" fw={500} className="mono" maw="100%">
      {name}
    </Badge>
  );
}
