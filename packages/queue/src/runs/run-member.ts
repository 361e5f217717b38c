/** A run as a member of the set of all runs. */
export function toMember(processor: string, run: string): string {
  return `${processor}/${run}`;
}

/** @param member `<processor>/<run>` */
export function readMember(member: string): { readonly processor: string; readonly run: string } {
  const slash = member.lastIndexOf("/");
  return { processor: member.slice(0, slash), run: member.slice(slash + 1) };
}
