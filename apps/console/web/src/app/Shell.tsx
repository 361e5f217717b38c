import { AppShell, Burger, Group, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { Pending } from "../components/Pending.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { Navigation } from "./Navigation.tsx";
import { Routes } from "./Routes.tsx";
import { SchemeSwitch } from "./SchemeSwitch.tsx";
import { SessionNote } from "./SessionNote.tsx";
import classes from "./Shell.module.css";
import { TroubleBanner } from "./TroubleBanner.tsx";

/** What is around every screen: navigation, who is signed in, and what keeps figures from coming. */
export function Shell() {
  const { t } = useTranslation(["nav", "common"]);
  const [opened, { toggle, close }] = useDisclosure(false);
  const [location] = useLocation();
  const main = useMainFocus(location);
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 216, breakpoint: "md", collapsed: { mobile: !opened } }}
      padding={{ base: "sm", md: "lg" }}
      withBorder={false}
    >
      <a className="skip-link" href="#main" onClick={() => main.current?.focus()}>
        {t("nav:skip")}
      </a>
      <AppShell.Header className={classes["bar"] ?? ""}>
        <Group h="100%" px="sm" gap="sm" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="md"
            size="sm"
            aria-label={opened ? t("nav:close") : t("nav:open")}
            aria-expanded={opened}
          />
          <Text component={Link} href="/" fw={700} className={classes["brand"] ?? ""}>
            {t("common:product")}
          </Text>
          <SessionNote />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes["side"] ?? ""} aria-label={t("nav:label")}>
        <ScrollArea flex={1} type="auto" px={6}>
          <Navigation onNavigate={close} />
        </ScrollArea>
        <Group p="sm" gap="xs" justify="space-between">
          <LanguageSwitch />
          <SchemeSwitch />
        </Group>
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1}>
        <TroubleBanner />
        <div className={classes["page"]}>
          <ErrorBoundary place={location}>
            <Suspense fallback={<Pending />}>
              <Routes />
            </Suspense>
          </ErrorBoundary>
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

/** After going to another page the keyboard starts at its content, as after loading one. */
function useMainFocus(location: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(location);
  useEffect(() => {
    if (before.current === location) return;
    before.current = location;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [location]);
  return main;
}
