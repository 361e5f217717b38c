import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";

/** A link out of the console. Whatever is not http(s), such as `javascript:`, stays a text. */
export function OutLink({ href, children }: { readonly href: string | null; readonly children: ReactNode }) {
  if (href === null || !isWebAddress(href)) return children;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer noopener" inherit className="hostile-line">
      {children}
    </Anchor>
  );
}

export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
