import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

const icons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

/** Light, dark, or as the system prefers. */
export function SchemeSwitch() {
  const { t } = useTranslation("common");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = (["light", "dark", "auto"] as const).map((value) => {
    const Icon = icons[value];
    return {
      value,
      label: (
        <>
          <Icon size={16} aria-hidden style={{ display: "block" }} />
          <VisuallyHidden>{t(`scheme.${value}`)}</VisuallyHidden>
        </>
      ),
    };
  });
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("scheme.label")}
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme)}
      data={choices}
    />
  );
}
