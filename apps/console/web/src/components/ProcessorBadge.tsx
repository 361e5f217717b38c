import classes from "./ProcessorBadge.module.css";

/** A processor's name, the same everywhere. */
export function ProcessorBadge({ name }: { readonly name: string }) {
  return <span className={classes["badge"]}>{name}</span>;
}
