import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { isWebAddress } from "./web-address.ts";

/** A link out of the console. Whatever is not http(s), such as `javascript:`, stays a text. */
export function OutLink({ href, children }: { readonly href: string | null; readonly children: ReactNode }) {
  if (href === null || !isWebAddress(href)) return children;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer noopener" inherit className="hostile-line">
      {children}
    </Anchor>
  );
}
