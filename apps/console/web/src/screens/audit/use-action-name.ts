import { useTranslation } from "react-i18next";
import { en } from "../../i18n/en/index.ts";

type KnownAction = keyof typeof en.audit.action;

/** What somebody did, in words; one of a newer version as it is called there. */
export function useActionName(): (action: string) => string {
  const { t } = useTranslation("audit");
  return (action) => (isKnown(action) ? t(`action.${action}`) : action);
}

function isKnown(action: string): action is KnownAction {
  return Object.hasOwn(en.audit.action, action);
}
