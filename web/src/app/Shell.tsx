import { AppShell, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Suspense, useEffect } from "react";
import { Link, Outlet, useLocation } from "react-router";
import { Above } from "../base/Above";
import { useMe } from "../base/me";
import { Loading } from "../base/states/Loading";
import { useWords } from "../base/words";
import { AccountMenu } from "./AccountMenu";
import { appWords } from "./appWords";
import { Finder } from "./Finder";
import { Navigation } from "./Navigation";
import classes from "./Shell.module.css";
import { useShortcuts } from "./shortcuts/useShortcuts";
import { useOtherBuild } from "./useOtherBuild";

/** The frame around every page: navigation, the palette, the person's menu. */
export function Shell() {
  const words = useWords(appWords);
  const me = useMe();
  const [opened, menu] = useDisclosure(false);
  const shortcuts = useShortcuts();
  useOtherBuild();
  const { pathname } = useLocation();
  const close = menu.close;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when another page is opened
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={{ base: "md", sm: "lg" }}
    >
      <a href="#content" className={classes.skip}>
        {words.skip}
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={opened}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={opened ? words.closeMenu : words.openMenu}
            />
            <Link to="/" className={classes.brand}>
              <img src="/icon.svg" width={22} height={22} alt="" />
              <Text fw={650} component="span">
                Desireline
              </Text>
            </Link>
            <Text c="dimmed" size="sm" truncate visibleFrom="xs">
              {me.workspace}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Finder />
            <AccountMenu onShortcuts={shortcuts.open} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes.navbar}>
        <Navigation />
      </AppShell.Navbar>
      {shortcuts.Shortcuts !== undefined && <shortcuts.Shortcuts onClose={shortcuts.close} />}
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
        <Above />
      </AppShell.Main>
    </AppShell>
  );
}
