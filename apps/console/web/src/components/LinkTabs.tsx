import { Link } from "wouter";
import classes from "./LinkTabs.module.css";

interface LinkTabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: string; readonly active: boolean }[];
}

/** Views of one thing, each with its own address. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={classes["tabs"]}>
      {tabs.map(({ href, label: text, active }) => (
        <Link
          key={href}
          href={href}
          className={classes["tab"] ?? ""}
          data-active={active || undefined}
          aria-current={active ? "page" : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
